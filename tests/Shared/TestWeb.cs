using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Testing;

/// <summary>A web server on the loopback address: files that a test writes and changes, and the files of a folder, such as a repository of git as plain files.</summary>
internal sealed class TestWeb : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private bool _isClosed;

    public TestWeb(string? folder = null)
    {
        Folder = folder;
        Port = FreePort();
        _listener.Prefixes.Add($"http://127.0.0.1:{Port}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port { get; }

    /// <summary>Without a slash at its end.</summary>
    public string Url => $"http://127.0.0.1:{Port}";

    public string? Folder { get; }

    /// <summary>By their paths, which begin with a slash.</summary>
    public ConcurrentDictionary<string, Func<HttpListenerContext, Task>> Pages { get; } = new(StringComparer.Ordinal);

    /// <summary>Paths that were asked for, with what is behind the question mark.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>What the header Authorization has to be; null: anything.</summary>
    public string? Authorization { get; set; }

    public void Write(string path, byte[] content) => Pages[path] = context => context.Response.OutputStream.WriteAsync(content).AsTask();

    /// <summary>Can be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        var answers = new List<Task>();
        try
        {
            while (true)
            {
                answers.Add(AnswerAsync(await _listener.GetContextAsync()));
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            await Task.WhenAll(answers);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            var path = context.Request.Url!.AbsolutePath;
            Asked.Enqueue(context.Request.Url.PathAndQuery);
            if (Authorization is { } wanted && context.Request.Headers["Authorization"] != wanted)
            {
                context.Response.StatusCode = 401;
                context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"test\"");
            }
            else if (Pages.TryGetValue(path, out var page))
            {
                await page(context);
            }
            else if (Folder is not null && Path.Join(Folder, path) is var file && File.Exists(file))
            {
                await context.Response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(file));
            }
            else
            {
                context.Response.StatusCode = 404;
            }

            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Whoever asked went away, which a test may want.
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
