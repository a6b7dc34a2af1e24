namespace Orchestrator.BuildKit.Control;

/// <summary>One record of the build cache.</summary>
/// <param name="Id">The daemon's name for it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Description">What made it.</param>
/// <param name="RecordType"><c>regular</c>, <c>source.local</c>, <c>exec.cachemount</c> …</param>
/// <param name="InUse">Whether something holds it.</param>
/// <param name="Shared">Whether an image holds it as well.</param>
public sealed record CacheRecord(string Id, long Size, string Description, string RecordType, bool InUse, bool Shared);
