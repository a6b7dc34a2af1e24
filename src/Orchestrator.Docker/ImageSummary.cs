namespace Orchestrator.Docker;

/// <summary>One row of the engine's list of images.</summary>
/// <param name="Id">The image ID; differs per store for the same content.</param>
/// <param name="RepoTags">Names in familiar form.</param>
/// <param name="Labels">The config's labels.</param>
/// <param name="Size">Bytes, shared layers included.</param>
/// <param name="Created">Seconds since 1970 as the config says.</param>
public sealed record ImageSummary(string Id, IReadOnlyList<string> RepoTags, IReadOnlyDictionary<string, string> Labels, long Size, long Created);
