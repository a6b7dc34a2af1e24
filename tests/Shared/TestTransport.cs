using System.Net.Sockets;
using System.Text;
using Orchestrator.BuildKit;

namespace Orchestrator.Testing;

/// <summary>The upgrade requests over a unix socket, written by hand and independent of Orchestrator.Docker.</summary>
internal sealed class TestTransport(string host) : IBuildKitTransport
{
    public Task<Stream> OpenControlAsync(CancellationToken cancellationToken) => UpgradeAsync("/grpc", [], cancellationToken);

    public Task<Stream> OpenSessionAsync(IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken) =>
        UpgradeAsync("/session", headers, cancellationToken);

    private async Task<Stream> UpgradeAsync(string path, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(new Uri(host).LocalPath), cancellationToken);
        var stream = new NetworkStream(socket, ownsSocket: true);
        var lines = string.Concat(headers.Select(header => $"{header.Key}: {header.Value}\r\n"));
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n{lines}\r\n"), cancellationToken);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            head.Append((char)one[0]);
        }

        return head.ToString().StartsWith("HTTP/1.1 101", StringComparison.Ordinal) ? stream : throw new BuildKitConnectionException(head.ToString());
    }
}
