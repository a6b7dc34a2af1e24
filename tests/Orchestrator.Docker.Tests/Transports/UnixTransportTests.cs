using System.Net.Sockets;
using Orchestrator.Docker.Tests.Peers;

namespace Orchestrator.Docker.Tests.Transports;

[Platform(Exclude = "Win")]
public sealed class UnixTransportTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void A_socket_that_is_missing_is_said_to_be_missing() => ExpectFailure($"{_folder.Path}/s", "there is no such socket");

    [Test]
    public void A_socket_that_nobody_listens_on_is_said_so()
    {
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint($"{_folder.Path}/s"));
            ExpectFailure($"{_folder.Path}/s", "nothing listens on the socket");
        }
    }

    [Test]
    public void A_socket_without_permission_names_the_group()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("Root may open every socket.");
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint($"{_folder.Path}/s"));
        socket.Listen();
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode($"{_folder.Path}/s", UnixFileMode.None);
        }

        ExpectFailure($"{_folder.Path}/s", "permission denied on the socket; is the user in group docker?");
    }

    [Test]
    public void A_path_that_is_too_long_is_explained_at_once() =>
        Assert.That(
            () => new DockerEngine(new DockerEndpoint(new Uri("unix:///" + new string('x', 200)), "DOCKER_HOST", null)),
            Throws.TypeOf<DockerConfigurationException>().With.Message.Contains("too long"));

    [TestCase("fd://3")]
    [TestCase("quic://x")]
    [TestCase("npipe:///run/x")]
    public void An_address_of_an_unknown_kind_is_refused_at_once(string address) =>
        Assert.That(
            () => new DockerEngine(new DockerEndpoint(new Uri(address), "DOCKER_HOST", null)),
            Throws.TypeOf<DockerConfigurationException>().With.Message.Contains("DOCKER_HOST"));

    private static void ExpectFailure(string path, string expected)
    {
        var engine = new DockerEngine(new DockerEndpoint(new Uri("unix://" + path), "the default socket", null));

        Assert.That(
            () => engine.PingAsync(Patience.Token),
            Throws.TypeOf<DockerUnreachableException>().With.Message.StartsWith($"The Docker engine at unix://{path} (the default socket) cannot be reached: {expected}"));
    }
}
