using Orchestrator.Docker.Configuration;
using Orchestrator.Docker.Tests.Peers;

namespace Orchestrator.Docker.Tests.Configuration;

public sealed class DockerEndpointTests
{
    [TestCase("unix:///run/d.sock", "unix:///run/d.sock")]
    [TestCase("npipe:////./pipe/docker_engine", "npipe:////./pipe/docker_engine")]
    [TestCase("tcp://build.example:1234", "tcp://build.example:1234/")]
    [TestCase("tcp://build.example", "tcp://build.example:2375/")]
    [TestCase("tcp://build.example/", "tcp://build.example:2375/")]
    [TestCase("tcp://", "tcp://localhost:2375/")]
    [TestCase("tcp://:4000", "tcp://localhost:4000/")]
    [TestCase("tcp://[::1]", "tcp://[::1]:2375/")]
    [TestCase("tcp://[::1]:99", "tcp://[::1]:99/")]
    [TestCase("build.example:1234", "tcp://build.example:1234/")]
    [TestCase("http://build.example:80", "http://build.example/")]
    [TestCase("https://build.example", "https://build.example:2376/")]
    [TestCase("ssh://me@build.example:22/run/d.sock", "ssh://me@build.example:22/run/d.sock")]
    public void Docker_host_is_read_as_the_docker_command_reads_it(string value, string expected)
    {
        var endpoint = DockerEndpoint.Resolve(With(("DOCKER_HOST", value), ("DOCKER_CONTEXT", "ignored")));

        Assert.That(endpoint.Address, Is.EqualTo(new Uri(expected)));
        Assert.That(endpoint.Origin, Is.EqualTo("DOCKER_HOST"));
        Assert.That(endpoint.Tls, Is.Null);
    }

    [TestCase("fd://3", "file descriptors")]
    [TestCase("quic://x", "expected unix://")]
    [TestCase("unix://", "absolute path")]
    [TestCase("unix://relative", "absolute path")]
    [TestCase("tcp://a b", "host name")]
    [TestCase("tcp://host:99999", "host name")]
    [TestCase("tcp://host/path", "only a host name")]
    [TestCase("tcp://user@host", "only a host name")]
    [TestCase("ssh://", "host name")]
    [TestCase("ssh://-oProxyCommand=x", "ssh://")]
    [TestCase("ssh://-lroot@host", "expected ssh://")]
    [TestCase("ssh://host?x=1", "expected ssh://")]
    public void An_address_that_cannot_be_used_is_explained(string value, string expected) =>
        Assert.That(
            () => DockerEndpoint.Resolve(With(("DOCKER_HOST", value))),
            Throws.TypeOf<DockerConfigurationException>().With.Message.Contains(expected).And.Message.Contains("DOCKER_HOST"));

    [Test]
    public void A_password_in_an_ssh_address_is_refused_and_not_shown() =>
        Assert.That(
            () => DockerEndpoint.Resolve(With(("DOCKER_HOST", "ssh://me:hunter2@host"))),
            Throws.TypeOf<DockerConfigurationException>().With.Message.Contains("password").And.Message.Not.Contains("hunter2"));

    [Test]
    public void The_path_of_a_socket_is_taken_as_written()
    {
        var endpoint = DockerEndpoint.Resolve(With(("DOCKER_HOST", "unix:///tmp/a b%20c#d")));

        Assert.That(HostAddress.LocalPath(endpoint.Address), Is.EqualTo("/tmp/a b%20c#d"));
    }

    [Test]
    public void The_default_is_the_systems_socket_or_pipe()
    {
        Assert.That(Resolve(DockerEnvironment.Empty).Address, Is.EqualTo(new Uri("unix:///var/run/docker.sock")));
        Assert.That(Resolve(DockerEnvironment.Empty).Origin, Is.EqualTo("the default socket"));
        Assert.That(
            HostAddress.LocalPath(Resolve(DockerEnvironment.Empty with { IsWindows = true }).Address),
            Is.EqualTo("//./pipe/docker_engine"));
    }

    [TestCase(new string[0], "/var/run/docker.sock")]
    [TestCase(new[] { "/run/user/1/docker.sock" }, "/run/user/1/docker.sock")]
    [TestCase(new[] { "/run/user/1/docker.sock", "/var/run/docker.sock" }, "/var/run/docker.sock")]
    public void A_rootless_engine_is_found_only_where_there_is_no_other(string[] files, string expected)
    {
        var endpoint = Resolve(With(("XDG_RUNTIME_DIR", "/run/user/1")), files);

        Assert.That(HostAddress.LocalPath(endpoint.Address), Is.EqualTo(expected));
    }

    [Test]
    public void Certificates_come_from_docker_cert_path()
    {
        var environment = With(("DOCKER_HOST", "tcp://h"), ("DOCKER_TLS_VERIFY", "1"), ("DOCKER_CERT_PATH", "/c"));

        var endpoint = Resolve(environment, "/c/ca.pem", "/c/cert.pem", "/c/key.pem");

        Assert.That(endpoint.Address, Is.EqualTo(new Uri("tcp://h:2376")));
        Assert.That(endpoint.Tls, Is.EqualTo(new DockerTls("/c/ca.pem", "/c/cert.pem", "/c/key.pem", Verify: true)));
    }

    [Test]
    public void Tls_without_verification_needs_no_files()
    {
        var endpoint = Resolve(With(("DOCKER_HOST", "tcp://h"), ("DOCKER_TLS", "1"), ("DOCKER_CONFIG", "/d")), "/d/cert.pem");

        Assert.That(endpoint.Tls, Is.EqualTo(new DockerTls(null, null, null, Verify: false)));
    }

    [Test]
    public void Verification_without_an_authority_is_explained() =>
        Assert.That(
            () => Resolve(With(("DOCKER_HOST", "tcp://h"), ("DOCKER_TLS_VERIFY", "1"), ("DOCKER_CERT_PATH", "/c"))),
            Throws.TypeOf<DockerConfigurationException>().With.Message.Contains(Path.Combine("/c", "ca.pem")));

    [Test]
    public void A_socket_has_no_tls() =>
        Assert.That(
            Resolve(With(("DOCKER_HOST", "unix:///s"), ("DOCKER_TLS_VERIFY", "1"), ("DOCKER_CERT_PATH", "/c")), "/c/ca.pem").Tls,
            Is.Null);

    [Test]
    public void A_variable_that_is_set_to_nothing_counts_as_unset() =>
        Assert.That(Resolve(With(("DOCKER_HOST", ""))).Origin, Is.EqualTo("the default socket"));

    [Test]
    public void On_windows_the_case_of_a_variables_name_does_not_matter() =>
        Assert.That((With(("Docker_Host", "x")) with { IsWindows = true })["DOCKER_HOST"], Is.EqualTo("x"));

    [Test]
    public void The_configuration_is_in_the_home_unless_said_otherwise()
    {
        Assert.That((DockerEnvironment.Empty with { HomeDirectory = "/h" }).ConfigDirectory, Is.EqualTo(Path.Combine("/h", ".docker")));
        Assert.That((With(("DOCKER_CONFIG", "/c")) with { HomeDirectory = "/h" }).ConfigDirectory, Is.EqualTo("/c"));
        Assert.That(DockerEnvironment.Empty.ConfigDirectory, Is.Empty);
    }

    [TestCase("", "Meta=a=b", TestName = "The file's headers count")]
    [TestCase("X-One=1, X-Two = 2 ,\"X-Three=a,\"\"b\"\"\"", "X-One=1;X-Two= 2 ;X-Three=a,\"b\"", TestName = "The variable's take the place of all of the file's")]
    [TestCase("Host=elsewhere,x=1,X=2", "X=2", TestName = "What a request says itself is left out and the last of a name counts")]
    public void Further_headers_are_sent_as_the_docker_command_sends_them(string variable, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("config.json", """{ "HttpHeaders": { "Meta": "a=b" } }""");

        var endpoint = DockerEndpoint.Resolve(With(("DOCKER_CONFIG", folder.Path), ("DOCKER_HOST", "tcp://h"), ("DOCKER_CUSTOM_HEADERS", variable)));

        Assert.That(string.Join(';', endpoint.Headers.Select(header => $"{header.Key}={header.Value}")), Is.EqualTo(expected));
    }

    [TestCase("hunter2")]
    [TestCase("=hunter2")]
    [TestCase("a=\"hunter2")]
    [TestCase("a b=hunter2")]
    [TestCase("a=hunter2\n")]
    public void Headers_that_cannot_be_sent_are_explained_without_showing_them(string variable) => Assert.That(
        () => DockerEndpoint.Resolve(With(("DOCKER_HOST", "tcp://h"), ("DOCKER_CUSTOM_HEADERS", variable))),
        Throws.TypeOf<DockerConfigurationException>().With.Message.Contains("DOCKER_CUSTOM_HEADERS").And.Message.Not.Contains("hunter2"));

    private static DockerEndpoint Resolve(DockerEnvironment environment, params string[] files) =>
        new EndpointResolution(environment, files.Contains).Resolve();

    private static DockerEnvironment With(params (string Name, string Value)[] variables) => Environments.With("", variables);
}
