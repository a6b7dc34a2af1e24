namespace Orchestrator.BuildKit.Control;

/// <summary>A record of the daemon's build cache.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">For instance <c>regular</c>, <c>source.local</c>, <c>exec.cachemount</c>.</param>
/// <param name="Description">For people.</param>
/// <param name="Size">In bytes.</param>
/// <param name="InUse">A build needs it at the moment.</param>
/// <param name="Shared">Also part of an image or another record.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">When it was last used; null: never.</param>
public sealed record CacheRecord(
    string Id, string Type, string Description, long Size, bool InUse, bool Shared, DateTimeOffset? CreatedAt, DateTimeOffset? LastUsedAt);
