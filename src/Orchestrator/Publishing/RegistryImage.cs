using Orchestrator.Graph;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>An image as a registry has it.</summary>
/// <param name="Reference">How it was found.</param>
/// <param name="Manifest">Of the image, or of the index when it is one.</param>
/// <param name="Key">The cache key that its label tells; null when it has none, so that it is not ours, or when what had it is lost.</param>
internal sealed record RegistryImage(ImageReference Reference, Manifest Manifest, string? Key)
{
    public Digest Digest => Manifest.Digest;

    /// <summary>The first manifest that its index names and its registry does not have; null when nothing is lost.</summary>
    public Digest? Lost { get; init; }

    /// <summary>In a message, after "the registry has".</summary>
    public string Shown => Lost is { } lost ? $"the index without {lost}" : $"{Digest} with {PublishFailure.Shown(Key)}";
}
