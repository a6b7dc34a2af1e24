using System.Net.Sockets;
using System.Text;

namespace Orchestrator.BuildKit.Tests.Engines;

/// <summary>The smallest transport: upgrade requests by hand over a unix socket.</summary>
internal sealed class UnixSocketTransport(string path) : IBuildKitTransport
{
    public Task<Stream> OpenControlAsync(CancellationToken cancellationToken) => UpgradeAsync("/grpc", [], cancellationToken);

    public Task<Stream> OpenSessionAsync(IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken) =>
        UpgradeAsync("/session", headers, cancellationToken);

    private async Task<Stream> UpgradeAsync(string target, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        var stream = new NetworkStream(socket, ownsSocket: true);
        var head = new StringBuilder($"POST {target} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 0\r\n");
        foreach (var (name, value) in headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), cancellationToken);
        // Byte by byte: what follows the head belongs to the new protocol.
        var answer = new List<byte>();
        var one = new byte[1];
        while (!answer.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            answer.Add(one[0]);
        }

        var text = Encoding.ASCII.GetString([.. answer]);
        return text.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal) ? stream : throw new IOException(text);
    }
}
