using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Orchestrator.BuildKit.Session;

/// <summary>
/// The server side of sessions: one Kestrel, started by the first session, serves them all over HTTP/2. It has no socket: connections are pushed.
/// </summary>
internal sealed class SessionServer : IAsyncDisposable
{
    private const int MaxStreams = 1000;
    private const int MaxHeadersLength = 64 * 1024 * 1024;

    // Long, but not infinite: with Timeout.InfiniteTimeSpan Kestrel of .NET 10 was seen to close connections that happened to be idle when its
    // heartbeat came (the sum of now and TimeSpan.MaxValue overflows), and the daemon then says "no active session".
    private static readonly TimeSpan KeepAlive = TimeSpan.FromDays(1);

    private readonly SessionListener _listener = new();
    private readonly KestrelServer _server;
    private readonly Lock _gate = new();
    private Task? _started;

    public SessionServer() => _server = new KestrelServer(Options.Create(Configure()), _listener, NullLoggerFactory.Instance);

    /// <summary>Serves a session on a stream, which belongs to the session from now on.</summary>
    public async Task<BuildSession> AddAsync(string id, Stream stream, SessionOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await StartAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            var connection = new PushedConnection(id, stream);
            var session = new BuildSession(id, options, connection);
            connection.Features.Set(session);
            _listener.Push(connection);
            return session;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task? started;
        lock (_gate)
        {
            started = _started;
        }

        if (started is not null)
        {
            await started.ConfigureAwait(false);
            // No grace: whoever wants an orderly end disposes the session after the build.
            await _server.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        }

        _server.Dispose();
    }

    /// <summary>Can be called again; the first session does it if nobody else did.</summary>
    public Task StartAsync()
    {
        lock (_gate)
        {
            return _started ??= _server.StartAsync(new SessionApplication(), CancellationToken.None);
        }
    }

    private static KestrelServerOptions Configure()
    {
        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            ApplicationServices = new ServiceCollection().BuildServiceProvider(),
        };
        var limits = options.Limits;
        // Every pattern of an ignore file and every COPY source is a header field of its own.
        limits.MaxRequestHeaderCount = 1_000_000;
        limits.MaxRequestHeadersTotalSize = MaxHeadersLength;
        limits.MaxRequestBufferSize = MaxHeadersLength;
        limits.Http2.MaxRequestHeaderFieldSize = 1024 * 1024;
        // A call is a conversation: no bound on its bytes, and silence is normal.
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.KeepAliveTimeout = KeepAlive;
        limits.Http2.MaxStreamsPerConnection = MaxStreams;
        options.Listen(SessionEndPoint.Instance, listen => listen.Protocols = HttpProtocols.Http2);
        return options;
    }
}
