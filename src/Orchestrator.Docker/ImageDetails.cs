using System.Text.Json;

namespace Orchestrator.Docker;

/// <summary>What the engine knows of one image.</summary>
/// <param name="Id">The image ID; differs per store for the same content.</param>
/// <param name="RepoTags">Names in familiar form.</param>
/// <param name="RepoDigests">Names with digest.</param>
/// <param name="Size">Bytes, shared layers included.</param>
/// <param name="Platform"><c>os/architecture[/variant]</c>.</param>
/// <param name="Labels">The config's labels.</param>
/// <param name="Environment">The config's <c>NAME=value</c> items.</param>
/// <param name="OnBuild">Instructions that run in images built from this one.</param>
/// <param name="Layers">The diffIDs of the root file system.</param>
/// <param name="Config">The config as the engine gives it.</param>
public sealed record ImageDetails(
    string Id,
    IReadOnlyList<string> RepoTags,
    IReadOnlyList<string> RepoDigests,
    long Size,
    string Platform,
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyList<string> Environment,
    IReadOnlyList<string> OnBuild,
    IReadOnlyList<string> Layers,
    JsonElement Config);
