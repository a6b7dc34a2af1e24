using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>An agent for SSH keys at a Unix socket (draft-miller-ssh-agent): it has one key, whose comment the test chooses.</summary>
internal sealed class KeyAgent : IAsyncDisposable
{
    /// <summary>SSH_AGENTC_REQUEST_IDENTITIES.</summary>
    public const byte ListKeys = 11;

    private const byte Keys = 12;

    private readonly ConcurrentQueue<byte> _requests = [];
    private readonly byte[] _answer;
    private readonly Connections _connections;

    public KeyAgent(string path, string comment)
    {
        _answer = [Keys, 0, 0, 0, 1, .. Text("key"), .. Text(comment)];
        _connections = new Connections(new UnixDomainSocketEndPoint(path), AnswerAsync);
    }

    /// <summary>The kinds of what was asked.</summary>
    public IEnumerable<byte> Requests => _requests;

    /// <summary>In bytes, without the length before it.</summary>
    public int AnswerLength => _answer.Length;

    public ValueTask DisposeAsync() => _connections.DisposeAsync();

    private async Task AnswerAsync(Socket client, CancellationToken cancellationToken)
    {
        await using var stream = new NetworkStream(client, ownsSocket: true);
        var length = new byte[sizeof(int)];
        try
        {
            while (await stream.ReadAtLeastAsync(length, length.Length, throwOnEndOfStream: false, cancellationToken) == length.Length)
            {
                var request = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
                await stream.ReadExactlyAsync(request, cancellationToken);
                _requests.Enqueue(request[0]);
                await stream.WriteAsync((byte[])[.. Number(_answer.Length), .. _answer], cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client is gone, or the test is over.
        }
    }

    private static byte[] Text(string text) => [.. Number(Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Number(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
