using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.BuildKit.Session;

/// <summary>A session that the daemon can call back on. Disposing it ends it at once.</summary>
public sealed class BuildSession : IAsyncDisposable
{
    private readonly Func<ValueTask> _close;
    private Exception? _failure;

    internal BuildSession(string id, SessionOptions options, Func<ValueTask> close) => (Id, Options, _close) = (id, options, close);

    /// <summary>What <c>Solve</c> is told.</summary>
    public string Id { get; }

    /// <summary>Why a callback failed first, such as a tree that changed; null when none did.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Bytes of file content that the daemon asked for.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    internal SessionOptions Options { get; }

    private long _bytesSent;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _close();

    /// <summary>The first reason counts; a tree's own word replaces the echo of it that came from the daemon.</summary>
    internal void Fail(Exception exception)
    {
        if (Interlocked.CompareExchange(ref _failure, exception, null) is { } before and not SyncTreeException && exception is SyncTreeException)
        {
            Interlocked.CompareExchange(ref _failure, exception, before);
        }
    }

    internal void Count(int bytes) => Interlocked.Add(ref _bytesSent, bytes);
}
