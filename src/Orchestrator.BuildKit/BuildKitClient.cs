using Google.Protobuf;
using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Protos;
using Orchestrator.BuildKit.Session;

namespace Orchestrator.BuildKit;

/// <summary>
/// A client of the BuildKit inside a Docker Engine. It may be used by several threads at once; builds and sessions share one control channel,
/// which is opened by the first call. Every method throws <see cref="BuildKitConnectionException"/> when the connection is lost, and
/// <see cref="OperationCanceledException"/> when its token is cancelled.
/// </summary>
public sealed class BuildKitClient : IAsyncDisposable
{
    private readonly IBuildKitTransport _transport;
    private readonly SessionChannel _sessionChannel;
    private readonly TimeProvider _time;
    private readonly GrpcChannel _channel;

    /// <summary>Made by the first session: a client that builds nothing loads no web server.</summary>
    private readonly Lazy<SessionServer> _server = new(() => new SessionServer());

    private readonly CancellationTokenSource _closing = new();
    private Task _preparing = Task.CompletedTask;

    /// <summary>Creates the client; nothing is opened yet.</summary>
    /// <param name="transport">Opens the channels; belongs to the caller.</param>
    /// <param name="sessionChannel">How sessions reach the daemon.</param>
    /// <param name="time">The clock for bounded waits. Default: the system's.</param>
    public BuildKitClient(IBuildKitTransport transport, SessionChannel sessionChannel = SessionChannel.Upgrade, TimeProvider? time = null)
    {
        _transport = transport;
        _sessionChannel = sessionChannel;
        _time = time ?? TimeProvider.System;
        _channel = new GrpcChannel(transport.OpenControlAsync);
    }

    /// <summary>Does in the background what the first session and the first solve would wait for: starts the server of sessions, opens the control channel. What fails comes up again there.</summary>
    public void Prepare() =>
        _preparing = Task.WhenAll(Task.Run(() => _server.Value.StartAsync(), _closing.Token), Task.Run(() => InfoAsync(_closing.Token), _closing.Token));

    /// <summary>The daemon's workers; also the cheapest way to see whether BuildKit answers.</summary>
    /// <exception cref="BuildKitCallException">The daemon refused.</exception>
    public async Task<IReadOnlyList<Worker>> ListWorkersAsync(CancellationToken cancellationToken)
    {
        var response = await UnaryAsync(ControlMethods.ListWorkers, new ListWorkersRequest(), ListWorkersResponse.Parser, cancellationToken)
            .ConfigureAwait(false);
        return [.. response.Record.Select(ToWorker)];
    }

    /// <summary>BuildKit's version, for instance <c>v0.25.2</c>; null before BuildKit 0.11, which cannot tell.</summary>
    /// <exception cref="BuildKitCallException">The daemon refused.</exception>
    public async Task<string?> InfoAsync(CancellationToken cancellationToken)
    {
        try
        {
            var response = await UnaryAsync(ControlMethods.Info, new InfoRequest(), InfoResponse.Parser, cancellationToken).ConfigureAwait(false);
            return NullIfEmpty(response.BuildkitVersion?.Version);
        }
        catch (BuildKitCallException exception) when (exception.StatusCode == GrpcStatusCode.Unimplemented)
        {
            return null;
        }
    }

    /// <summary>The records of the build cache.</summary>
    /// <exception cref="BuildKitCallException">The daemon refused.</exception>
    public async Task<IReadOnlyList<CacheRecord>> DiskUsageAsync(CancellationToken cancellationToken)
    {
        var response = await UnaryAsync(ControlMethods.DiskUsage, new DiskUsageRequest(), DiskUsageResponse.Parser, cancellationToken)
            .ConfigureAwait(false);
        return [.. response.Record.Select(ToRecord)];
    }

    /// <summary>Removes records from the build cache and says which.</summary>
    /// <exception cref="BuildKitCallException">The daemon refused.</exception>
    public async Task<IReadOnlyList<CacheRecord>> PruneAsync(PruneOptions options, CancellationToken cancellationToken)
    {
        var request = new PruneRequest
        {
            Filter = { options.Filters },
            All = options.All,
            KeepDuration = options.KeepDuration.Ticks * TimeSpan.NanosecondsPerTick,
            ReservedSpace = options.ReservedSpace,
        };
        var removed = new List<CacheRecord>();
        try
        {
            using var call = await _channel.StartAsync(ControlMethods.Prune, request, cancellationToken).ConfigureAwait(false);
            while (await call.ReadAsync(UsageRecord.Parser, cancellationToken).ConfigureAwait(false) is { } record)
            {
                removed.Add(ToRecord(record));
            }
        }
        catch (GrpcStatusException exception)
        {
            throw new BuildKitCallException(ControlMethods.Prune, exception);
        }

        return removed;
    }

    /// <summary>Builds. Cancelling the token cancels the build in the daemon, except for steps that another build needs as well.</summary>
    /// <param name="options">What to build.</param>
    /// <param name="progress">
    /// Is told about the build, one event after the other in the daemon's order, on the thread that reads; it must not block and must not throw.
    /// </param>
    /// <param name="cancellationToken">Cancels the build.</param>
    /// <exception cref="SolveException">The daemon refused, or a step failed.</exception>
    public Task<SolveResult> SolveAsync(SolveOptions options, IProgress<SolveEvent>? progress, CancellationToken cancellationToken) =>
        new Build(_channel, progress, _time).RunAsync(options, cancellationToken);

    /// <summary>Opens a session: the daemon can call back for files, credentials and secrets until it is disposed.</summary>
    /// <exception cref="BuildKitCallException">The daemon refused; only for <see cref="SessionChannel.Tunnel"/>.</exception>
    public async Task<BuildSession> OpenSessionAsync(SessionOptions options, CancellationToken cancellationToken)
    {
        var id = Identifiers.Next();
        var headers = SessionHeaders.Create(id, options.SharedKey, _sessionChannel);
        var opening = _sessionChannel == SessionChannel.Upgrade
            ? OpenUpgradeAsync(headers, cancellationToken)
            : OpenTunnelAsync(headers, cancellationToken);
        var stream = await opening.ConfigureAwait(false);
        return await _server.Value.AddAsync(id, stream, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends all sessions and closes the control channel; builds that still run are cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _preparing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_server.IsValueCreated)
        {
            await _server.Value.DisposeAsync().ConfigureAwait(false);
        }

        _channel.Dispose();
        _closing.Dispose();
    }

    private async Task<Stream> OpenUpgradeAsync(IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.OpenSessionAsync(headers, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (BuildKitConnectionException.IsLoss(exception))
        {
            throw new BuildKitConnectionException($"The session could not be opened: {exception.Message}", exception);
        }
    }

    private async Task<Stream> OpenTunnelAsync(IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        try
        {
            return await TunnelStream.OpenAsync(_channel, headers, cancellationToken).ConfigureAwait(false);
        }
        catch (GrpcStatusException exception)
        {
            throw new BuildKitCallException(ControlMethods.Session, exception);
        }
    }

    private async Task<T> UnaryAsync<T>(string method, IMessage request, MessageParser<T> parser, CancellationToken cancellationToken)
        where T : class, IMessage<T>
    {
        try
        {
            return await _channel.UnaryAsync(method, request, parser, cancellationToken).ConfigureAwait(false);
        }
        catch (GrpcStatusException exception)
        {
            throw new BuildKitCallException(method, exception);
        }
    }

    private static Worker ToWorker(WorkerRecord record) => new(
        record.ID,
        new Dictionary<string, string>(record.Labels, StringComparer.Ordinal),
        [.. record.Platforms.Select(platform => platform.Variant.Length == 0
            ? $"{platform.OS}/{platform.Architecture}"
            : $"{platform.OS}/{platform.Architecture}/{platform.Variant}")],
        NullIfEmpty(record.BuildkitVersion?.Version));

    private static CacheRecord ToRecord(UsageRecord record) => new(
        record.ID,
        record.RecordType,
        record.Description,
        record.Size,
        record.InUse,
        record.Shared,
        StatusEvents.Time(record.CreatedAt),
        StatusEvents.Time(record.LastUsedAt));

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
