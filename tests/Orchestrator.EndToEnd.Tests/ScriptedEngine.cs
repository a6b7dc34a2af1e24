using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>An engine that cannot be had here, played on a real Unix socket: each path has one answer, and what was asked is kept.</summary>
internal sealed class ScriptedEngine : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("orchestrator-engine-");
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly IReadOnlyDictionary<string, string> _answers;
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _serving;

    /// <param name="answers">JSON by path; everything else is answered with 404.</param>
    public ScriptedEngine(IReadOnlyDictionary<string, string> answers)
    {
        _answers = answers;
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

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var connection = await _listener.AcceptAsync();
                await AnswerAsync(connection);
            }
            catch (SocketException)
            {
                return; // the listener is closed
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(Socket connection)
    {
        using var stream = new NetworkStream(connection);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var first = await reader.ReadLineAsync() ?? "";
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
        }

        var request = string.Join(' ', first.Split(' ').Take(2));
        _requests.Enqueue(request);
        var found = _answers.TryGetValue(request.Split(' ')[^1], out var body);
        var content = found ? body! : """{"message":"page not found"}""";
        var head = $"HTTP/1.1 {(found ? "200 OK" : "404 Not Found")}\r\nContent-Type: application/json\r\nContent-Length: {content.Length}\r\nConnection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head + content));
    }
}
