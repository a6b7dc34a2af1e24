using Orchestrator.Diagnostics;

namespace Orchestrator.Tool;

/// <summary>An engine that is asked who it is while its caller does what needs no engine; a process's first request takes as long as reading a graph.</summary>
internal sealed class EngineOpening : IAsyncDisposable
{
    private readonly DiagnosticBag _diagnostics = new();
    private readonly Task<EngineConnection?> _connection;

    private EngineOpening(ToolEnvironment environment, EngineMissing missing, CancellationToken cancellationToken)
    {
        var engine = EngineConnection.Find(environment, _diagnostics);
        _connection = engine is null
            ? Task.FromResult<EngineConnection?>(null)
            : Task.Run(() => EngineConnection.AskAsync(engine, environment, missing, _diagnostics, cancellationToken), CancellationToken.None);
    }

    public static EngineOpening Start(ToolEnvironment environment, EngineMissing missing, CancellationToken cancellationToken) => new(environment, missing, cancellationToken);

    /// <returns>Null when there is no engine that can be used; why is in <paramref name="diagnostics"/>.</returns>
    public async Task<EngineConnection?> ConnectionAsync(DiagnosticBag diagnostics)
    {
        var connection = await _connection.ConfigureAwait(false);
        diagnostics.AddRange(_diagnostics.Items);
        return connection;
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await ((Task)_connection).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_connection.IsCompletedSuccessfully && await _connection.ConfigureAwait(false) is { } connection)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
