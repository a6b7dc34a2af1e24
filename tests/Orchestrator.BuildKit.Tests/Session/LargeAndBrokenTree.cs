using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.BuildKit.Tests.Session;

/// <summary>A file that is larger than what fits between two ends while nobody reads, and one that fails as soon as bytes of the other are on their way.</summary>
internal sealed class LargeAndBrokenTree : ISyncTree
{
    public const uint Broken = 0;
    public const uint Large = 1;

    private const long Length = 8L * 1024 * 1024;

    private readonly TaskCompletionSource _onItsWay = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Failed => _failed.Task;

    public IReadOnlyList<SyncEntry> List(string directory) => [new SyncEntry("broken", 0x1A4, Length, 0, null), new SyncEntry("large", 0x1A4, Length, 0, null)];

    public Stream OpenRead(SyncEntry entry)
    {
        if (entry.Name == "large")
        {
            return new WatchedZeros(Length, _onItsWay);
        }

        _onItsWay.Task.Wait(TimeSpan.FromSeconds(20));
        _failed.TrySetResult();
        throw new SyncTreeException("broken cannot be read");
    }

    private sealed class WatchedZeros(long length, TaskCompletionSource firstRead) : FileSync.ZeroStream(length)
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            firstRead.TrySetResult();
            return base.Read(buffer, offset, count);
        }
    }
}
