using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Session;
using Orchestrator.BuildKit.Wire;

namespace Orchestrator.BuildKit;

/// <summary>
/// A BuildKit daemon. Thread-safe; builds share one control connection, and all sessions are served by one server in this process. Methods throw
/// <see cref="BuildKitConnectionException"/> when the channel breaks.
/// </summary>
public sealed partial class BuildKitClient : IAsyncDisposable
{
    private readonly IBuildKitTransport _transport;
    private readonly SessionChannel _sessionChannel;
    private readonly GrpcChannel _control;
    private readonly SemaphoreSlim _serverGate = new(1, 1);
    private SessionServer? _server;

    /// <summary>Connects on first use.</summary>
    public BuildKitClient(IBuildKitTransport transport, SessionChannel sessionChannel = SessionChannel.Upgrade)
    {
        ArgumentNullException.ThrowIfNull(transport);
        (_transport, _sessionChannel) = (transport, sessionChannel);
        _control = new GrpcChannel(transport.OpenControlAsync);
    }

    /// <summary>The daemon's workers; an engine has one.</summary>
    public async Task<IReadOnlyList<Worker>> ListWorkersAsync(CancellationToken cancellationToken)
    {
        var answer = await _control.UnaryAsync(ControlMethods.ListWorkers, new ListWorkersRequest(), ListWorkersResponse.Parser, cancellationToken).ConfigureAwait(false);
        return
        [
            .. answer.Record.Select(record => new Worker(
                record.Id, new Dictionary<string, string>(record.Labels),
                [.. record.Platforms.Select(platform => $"{platform.Os}/{platform.Architecture}{(platform.Variant.Length > 0 ? "/" + platform.Variant : "")}")],
                record.BuildkitVersion?.Version ?? "")),
        ];
    }

    /// <summary>BuildKit's version; null on daemons before 0.11, which do not tell.</summary>
    public async Task<string?> InfoAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _control.UnaryAsync(ControlMethods.Info, new InfoRequest(), InfoResponse.Parser, cancellationToken).ConfigureAwait(false);
            return answer.BuildkitVersion?.Version;
        }
        catch (GrpcException exception) when (exception.Status.Code == GrpcStatusCode.Unimplemented)
        {
            return null;
        }
    }

    /// <summary>What the build cache holds.</summary>
    public async Task<IReadOnlyList<CacheRecord>> DiskUsageAsync(CancellationToken cancellationToken)
    {
        var answer = await _control.UnaryAsync(ControlMethods.DiskUsage, new DiskUsageRequest(), DiskUsageResponse.Parser, cancellationToken).ConfigureAwait(false);
        return [.. answer.Record.Select(Record)];
    }

    /// <summary>Removes records of the build cache that nobody uses.</summary>
    /// <param name="all">Also what is shared or internal.</param>
    /// <param name="cancellationToken">Stops after the record at hand.</param>
    /// <returns>What was removed.</returns>
    public async Task<IReadOnlyList<CacheRecord>> PruneAsync(bool all, CancellationToken cancellationToken)
    {
        var removed = new List<CacheRecord>();
        await foreach (var record in _control.ServerStreamAsync(ControlMethods.Prune, new PruneRequest { All = all }, UsageRecord.Parser, cancellationToken).ConfigureAwait(false))
        {
            removed.Add(Record(record));
        }

        return removed;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync().ConfigureAwait(false);
        }

        _serverGate.Dispose();
    }

    private static CacheRecord Record(UsageRecord record) =>
        new(record.Id, record.Size, record.Description, record.RecordType, record.InUse, record.Shared);
}
