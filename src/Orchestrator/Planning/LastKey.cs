using Orchestrator.Keys;

namespace Orchestrator.Planning;

/// <summary>The key that an image had.</summary>
/// <param name="Key">The key.</param>
/// <param name="Image">What an engine with containerd's store had under it; null when it had nothing, or was not asked.</param>
internal sealed record LastKey(CacheKey Key, KnownImage? Image);
