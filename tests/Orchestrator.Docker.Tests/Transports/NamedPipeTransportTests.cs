using System.IO.Pipes;
using Orchestrator.Docker.Tests.Peers;

namespace Orchestrator.Docker.Tests.Transports;

/// <summary>.NET plays named pipes elsewhere than on Windows too, so the client is tested everywhere.</summary>
public sealed class NamedPipeTransportTests
{
    [Test]
    public async Task A_pipe_is_a_connection_like_any_other()
    {
        var name = $"orc-{Guid.NewGuid():N}";
        await using var server = new NamedPipeServerStream(name, PipeDirection.InOut, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous);
        await using var engine = new DockerEngine(new DockerEndpoint(new Uri($"npipe:////./pipe/{name}"), "a test", null));
        var pinging = engine.PingAsync(Patience.Token);
        await server.WaitForConnectionAsync(Patience.Token);
        using var connection = new PeerConnection(server);

        Assert.That(await connection.ExpectHeadAsync(), Does.Contain("Host: api.moby.localhost\r\n"));
        await connection.SendAsync("HTTP/1.1 200 OK\r\nOstype: windows\r\nContent-Length: 0\r\n\r\n");
        Assert.That((await pinging).OsType, Is.EqualTo("windows"));
    }

    [Test]
    public async Task Waiting_for_a_pipe_can_be_cancelled()
    {
        await using var engine = new DockerEngine(new DockerEndpoint(new Uri("npipe:////./pipe/orc-no-such-pipe"), "a test", null));
        using var cancellation = new CancellationTokenSource();
        var pinging = engine.PingAsync(cancellation.Token);

        await cancellation.CancelAsync();

        Assert.That(() => pinging, Throws.InstanceOf<OperationCanceledException>());
    }
}
