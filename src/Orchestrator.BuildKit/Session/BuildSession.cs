using System.Collections.Concurrent;

namespace Orchestrator.BuildKit.Session;

/// <summary>
/// A session that is open at the daemon. Disposing it closes the connection; a build that still needs it then fails at its next callback.
/// </summary>
public sealed class BuildSession : IAsyncDisposable
{
    private readonly PushedConnection _connection;
    private readonly ConcurrentDictionary<string, Exception> _failures = new(StringComparer.Ordinal);
    private Exception? _failure;

    internal BuildSession(string id, SessionOptions options, PushedConnection connection)
    {
        Id = id;
        Options = options;
        _connection = connection;
    }

    /// <summary>The id to be named in <c>SolveOptions.SessionId</c>.</summary>
    public string Id { get; }

    /// <summary>Completes when the connection has ended, whoever ended it.</summary>
    public Task Completed => _connection.Completed;

    /// <summary>
    /// The first failure of a callback, for instance a <see cref="FileSync.SyncTreeException"/>; the reason behind the failure of a build.
    /// Null: none so far.
    /// </summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Why a directory could not be sent, the first time; null: no failure so far.</summary>
    /// <param name="directory">One of <see cref="SessionOptions.Directories"/>.</param>
    public Exception? FailureOf(string directory) => _failures.GetValueOrDefault(directory);

    internal SessionOptions Options { get; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _connection.Abort();
        await Completed.ConfigureAwait(false);
    }

    internal void Fail(string directory, Exception exception)
    {
        _failures.TryAdd(directory, exception);
        Fail(exception);
    }

    internal void Fail(Exception exception) => Interlocked.CompareExchange(ref _failure, exception, null);
}
