using System.Text.Json.Serialization;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>One image of a release.</summary>
/// <param name="Image">Its name in the graph.</param>
/// <param name="Key">The cache key, which its label tells too.</param>
/// <param name="Digest">Of its manifest, or of its index; the same in all repositories.</param>
internal sealed record ReleasedImage(string Image, string Key, string Digest, IReadOnlyList<ReleasedRepository> Repositories, IReadOnlyList<ReleasedBase> Bases)
{
    [JsonIgnore]
    public bool IsWhole => Image is not null && Key is not null && Bases is not null && Repositories is { Count: > 0 } && Repositories.All(repository => repository?.IsWhole == true) && Orchestrator.Registry.Digest.TryParse(Digest, out _);

    [JsonIgnore]
    public Digest Parsed => Orchestrator.Registry.Digest.Parse(Digest);
}
