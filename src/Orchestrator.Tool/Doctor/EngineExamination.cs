using Orchestrator.BuildKit;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Tool.Live;

namespace Orchestrator.Tool.Doctor;

/// <summary>The engine, its builder, its image store and its disk.</summary>
internal sealed class EngineExamination(EngineConnection connection)
{
    /// <summary>Opens the engine, and says why where that is not possible.</summary>
    public static async Task<(EngineConnection? Connection, IReadOnlyList<Observation> Seen)> OpenAsync(ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var connection = await EngineConnection.OpenAsync(environment, EngineMissing.Error, diagnostics, cancellationToken).ConfigureAwait(false);
        return (connection, [.. diagnostics.Items.Select(item => Observation.Error("engine", $"{item.Code}: {item.Message} {item.Help}"))]);
    }

    public async Task<IReadOnlyList<Observation>> ExamineAsync(CancellationToken cancellationToken)
    {
        var endpoint = connection.Engine.Endpoint;
        return
        [
            Observation.Fine("engine", $"Docker Engine {connection.Version.Version} (API {connection.Version.ApiVersion}), {connection.Platform}, at {endpoint.Address.OriginalString} ({endpoint.Origin})"),
            await BuilderAsync(cancellationToken).ConfigureAwait(false),
            Store(connection.Info),
            .. Disk(),
        ];
    }

    private async Task<Observation> BuilderAsync(CancellationToken cancellationToken)
    {
        try
        {
            var buildKit = connection.BuildKit;
            var workers = await buildKit.ListWorkersAsync(cancellationToken).ConfigureAwait(false);
            var version = await buildKit.InfoAsync(cancellationToken).ConfigureAwait(false) ?? workers.Select(worker => worker.BuildKitVersion).FirstOrDefault(text => text is not null) ?? "of an unknown version";
            var cache = await buildKit.DiskUsageAsync(cancellationToken).ConfigureAwait(false);
            var own = cache.Where(record => !record.Shared).Sum(record => record.Size);
            return Observation.Fine("builder", $"BuildKit {version} of the engine; its cache has {cache.Count} records, {ByteText.Of(own)} that no image shares ('docker builder prune' empties it)");
        }
        catch (Exception exception) when (exception is BuildKitCallException or BuildKitConnectionException or DockerApiException)
        {
            return Observation.Error("builder", $"the engine's BuildKit does not answer: {exception.Message.TrimEnd('.')}. Nothing can be built; see the engine's log.");
        }
    }

    private static Observation Store(EngineInfo info) => Observation.Fine("store", info.UsesContainerdStore
        ? $"containerd's image store ({info.Driver})"
        : $"the engine's own image store ({info.Driver}); it cannot write caches of the types registry and gha, containerd's store can ('\"features\": {{ \"containerd-snapshotter\": true }}' in daemon.json)");

    private IEnumerable<Observation> Disk() => EngineDisk.Of(connection.Engine.Endpoint, connection.DataRoot) switch
    {
        null => [],
        { IsLittle: true } disk => [Observation.Warning("disk", $"only {disk}: a build may fill it. 'orchestrator clean', 'docker builder prune' and 'docker image prune' make room.")],
        var disk => [Observation.Fine("disk", $"{disk}")],
    };
}
