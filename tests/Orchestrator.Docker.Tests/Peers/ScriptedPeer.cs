using System.Net.Sockets;

namespace Orchestrator.Docker.Tests.Peers;

/// <summary>An engine played by the test, on a real Unix socket.</summary>
internal sealed class ScriptedPeer : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public ScriptedPeer()
    {
        SocketPath = Path.Combine(_folder.Path, "s");
        _listener.Bind(new UnixDomainSocketEndPoint(SocketPath));
        _listener.Listen();
        Endpoint = new DockerEndpoint(new Uri("unix://" + SocketPath), "a test", null);
    }

    public string SocketPath { get; }

    public DockerEndpoint Endpoint { get; }

    public async Task<PeerConnection> AcceptAsync() =>
        new(new NetworkStream(await _listener.AcceptAsync(Patience.Token), ownsSocket: true));

    /// <summary>Accepts one connection, reads one request, answers it.</summary>
    /// <returns>The connection, still open, and the request's head.</returns>
    public async Task<(PeerConnection Connection, string Request)> AnswerAsync(string answer)
    {
        var connection = await AcceptAsync();
        var request = await connection.ExpectHeadAsync();
        await connection.SendAsync(answer);
        return (connection, request);
    }

    public bool HasWaitingConnection => _listener.Poll(0, SelectMode.SelectRead);

    public void Dispose()
    {
        _listener.Dispose();
        _folder.Dispose();
    }
}
