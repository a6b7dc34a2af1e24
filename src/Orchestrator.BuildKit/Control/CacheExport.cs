namespace Orchestrator.BuildKit.Control;

/// <summary>Where to store the build cache.</summary>
/// <param name="Type"><c>inline</c>, <c>registry</c>, <c>local</c>, <c>gha</c>; the Engine without containerd's store knows only <c>inline</c>.</param>
/// <param name="Attributes">For instance <c>ref</c> and <c>mode</c>.</param>
public sealed record CacheExport(string Type, IReadOnlyDictionary<string, string> Attributes);
