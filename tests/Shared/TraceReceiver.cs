using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Testing;

/// <summary>Takes traces as a collector does: HTTP on a port of its own.</summary>
internal sealed class TraceReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly string? _answer;
    private readonly Task _serving;

    /// <param name="answer">The status of each answer; null never answers.</param>
    public TraceReceiver(string? answer = "200 OK")
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Endpoint => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>The heads of the requests.</summary>
    public ConcurrentQueue<string> Heads { get; } = [];

    public ConcurrentQueue<JsonElement> Bodies { get; } = [];

    public IReadOnlyList<JsonElement> Spans =>
        [.. Bodies.SelectMany(body => body.GetProperty("resourceSpans").EnumerateArray()).SelectMany(resource => resource.GetProperty("scopeSpans").EnumerateArray()).SelectMany(scope => scope.GetProperty("spans").EnumerateArray())];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        _listener.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        while (!_end.IsCancellationRequested)
        {
            connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }

        await Task.WhenAll(connections);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        var stream = connection.GetStream();
        while (await ReadHeadAsync(stream) is { } head)
        {
            var length = head.Split("\r\n").Single(line => line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase)).Split(' ')[1];
            var body = new byte[int.Parse(length, System.Globalization.CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body, _end.Token);
            Heads.Enqueue(head);
            Bodies.Enqueue(JsonDocument.Parse(body).RootElement);
            if (_answer is null)
            {
                await Task.Delay(Timeout.Infinite, _end.Token);
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {_answer}\r\nContent-Length: 2\r\n\r\n{{}}"), _end.Token);
        }
    }

    /// <summary>Null when there is no further request.</summary>
    private async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
