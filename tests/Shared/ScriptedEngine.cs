using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Orchestrator.Testing;

/// <summary>
/// An engine that cannot be had here, played on a real Unix socket. Each request is answered as the script says; what it leaves open goes to the
/// real engine behind it, or is answered with 404 where there is none.
/// </summary>
internal sealed class ScriptedEngine : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("orchestrator-engine-");
    private readonly Socket _listener = Unix();
    private readonly Func<string, (int Status, string Body)?> _script;
    private readonly string? _behind;
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _serving;

    /// <param name="script">Is given method and path; null leaves the request to the engine behind.</param>
    /// <param name="behind">As in <c>DOCKER_HOST</c>.</param>
    public ScriptedEngine(Func<string, (int Status, string Body)?> script, string? behind = null)
    {
        (_script, _behind) = (script, behind);
        var path = Path.Join(_folder.FullName, "docker.sock");
        Host = "unix://" + path;
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _serving = ServeAsync();
    }

    public string Host { get; }

    /// <summary>Method and path of each request so far.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _serving;
        _folder.Delete(recursive: true);
    }

    private static Socket Unix() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(AnswerAsync(await _listener.AcceptAsync()));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections); // the listener is closed
        }
    }

    /// <summary>One request for each connection, so that the script sees every one of them.</summary>
    private async Task AnswerAsync(Socket connection)
    {
        using var client = new NetworkStream(connection, ownsSocket: true);
        var head = await ReadHeadAsync(client);
        var request = string.Join(' ', head.Split(' ').Take(2));
        _requests.Enqueue(request);
        if (_script(request) is { } answer)
        {
            await RespondAsync(client, answer.Status, answer.Body);
        }
        else if (_behind is not null)
        {
            await ForwardAsync(client, connection, head);
        }
        else
        {
            await RespondAsync(client, 404, """{"message":"page not found"}""");
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private static async Task RespondAsync(NetworkStream client, int status, string body) =>
        await client.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status} Scripted\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));

    private async Task ForwardAsync(NetworkStream client, Socket connection, string head)
    {
        using var socket = Unix();
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(new Uri(_behind!).LocalPath));
        using var engine = new NetworkStream(socket);
        var last = head.Contains("Upgrade:", StringComparison.OrdinalIgnoreCase) ? head : head[..^2] + "Connection: close\r\n\r\n";
        await engine.WriteAsync(Encoding.Latin1.GetBytes(last));
        await Task.WhenAll(PumpAsync(client, engine, socket), PumpAsync(engine, client, connection));
    }

    private static async Task PumpAsync(NetworkStream from, NetworkStream to, Socket end)
    {
        try
        {
            await from.CopyToAsync(to);
            end.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // The other side went away first.
        }
    }
}
