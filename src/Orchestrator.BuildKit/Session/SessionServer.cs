using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Orchestrator.BuildKit.Session;

/// <summary>
/// One Kestrel that serves all sessions. It listens nowhere: its connections are streams that we opened to the daemon, and the daemon speaks
/// HTTP/2 as client on them.
/// </summary>
internal sealed class SessionServer : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private const int MaximumHeaderCount = 100_000;
    private const int MaximumHeaderBytes = 16 * 1024 * 1024;
    private const int MaximumFieldBytes = 1024 * 1024;

    private readonly SessionListener _listener = new();
    private readonly KestrelServer _kestrel;

    private SessionServer() => _kestrel = new KestrelServer(Options.Create(KestrelOptions()), _listener, NullLoggerFactory.Instance);

    public static async Task<SessionServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new SessionServer();
        await server._kestrel.StartAsync(server, cancellationToken).ConfigureAwait(false);
        return server;
    }

    public StreamConnection Serve(Stream stream, BuildSession session)
    {
        var connection = new StreamConnection(stream, session);
        _listener.Hand(connection);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync().ConfigureAwait(false);
        await _kestrel.StopAsync(atOnce.Token).ConfigureAwait(false);
        _kestrel.Dispose();
    }

    HttpContext IHttpApplication<HttpContext>.CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    Task IHttpApplication<HttpContext>.ProcessRequestAsync(HttpContext context) => SessionCall.HandleAsync(context);

    void IHttpApplication<HttpContext>.DisposeContext(HttpContext context, Exception? exception)
    {
    }

    /// <summary>Each ignore pattern and each COPY source is a header field of its own (buildkit-wire 1.7).</summary>
    private static KestrelServerOptions KestrelOptions()
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestHeaderCount = MaximumHeaderCount;
        options.Limits.MaxRequestHeadersTotalSize = MaximumHeaderBytes;
        options.Limits.MaxRequestBufferSize = null;
        options.Limits.MaxRequestBodySize = null;
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        // Not infinite: with that Kestrel closes idle connections, as seen in its logs.
        options.Limits.KeepAliveTimeout = TimeSpan.FromDays(1);
        options.Limits.Http2.MaxRequestHeaderFieldSize = MaximumFieldBytes;
        options.Limits.Http2.MaxStreamsPerConnection = 250;
        options.Listen(new IPEndPoint(IPAddress.Loopback, 0), endpoint => endpoint.Protocols = HttpProtocols.Http2);
        return options;
    }
}
