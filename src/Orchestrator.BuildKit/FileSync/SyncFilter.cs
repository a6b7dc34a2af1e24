namespace Orchestrator.BuildKit.FileSync;

/// <summary>What the daemon asks for: entries that the include patterns or followed paths name, less those that the exclude patterns match.</summary>
internal sealed record SyncFilter(IReadOnlyList<string> IncludePatterns, IReadOnlyList<string> ExcludePatterns, IReadOnlyList<string> FollowPaths)
{
    public static SyncFilter None { get; } = new([], [], []);
}
