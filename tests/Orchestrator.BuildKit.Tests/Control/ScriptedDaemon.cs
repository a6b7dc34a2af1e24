using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orchestrator.BuildKit.Session;
using Orchestrator.BuildKit.Tests.Session;

namespace Orchestrator.BuildKit.Tests.Control;

/// <summary>A daemon in memory whose control API answers as a test says.</summary>
internal sealed class ScriptedDaemon : IBuildKitTransport, IHttpApplication<HttpContext>, IAsyncDisposable
{
    private readonly Func<HttpContext, Task> _answer;
    private readonly SessionListener _listener = new();
    private readonly KestrelServer _server;
    private Stream? _last;

    public ScriptedDaemon(Func<HttpContext, Task> answer)
    {
        _answer = answer;
        var options = new KestrelServerOptions { ApplicationServices = new ServiceCollection().BuildServiceProvider() };
        options.Listen(SessionEndPoint.Instance, listen => listen.Protocols = HttpProtocols.Http2);
        _server = new KestrelServer(Options.Create(options), _listener, NullLoggerFactory.Instance);
        _server.StartAsync(this, CancellationToken.None).GetAwaiter().GetResult();
    }

    public int Connections { get; private set; }

    /// <summary>The connection that was opened last breaks.</summary>
    public void Break() => _last!.Dispose();

    public Task<Stream> OpenControlAsync(CancellationToken cancellationToken)
    {
        Connections++;
        var streams = new StreamPair();
        _last = streams.Right;
        _listener.Push(new PushedConnection($"c{Connections}", streams.Right));
        return Task.FromResult(streams.Left);
    }

    public Task<Stream> OpenSessionAsync(IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context) => _answer(context);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
    }
}
