using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>An image that is in its registries.</summary>
/// <param name="Sent">Layers that were sent; 0 when the registry had all of them.</param>
/// <param name="Bytes">Of those layers, as the engine counts: before compression.</param>
internal sealed record PublishedImage(ReleaseImage Image, Manifest Manifest, int Sent, long Bytes)
{
    public Digest Digest => Manifest.Digest;

    /// <summary>This run put it there, with or without sending layers; false: its repository had it.</summary>
    public bool IsPushed { get; init; }

    /// <inheritdoc cref="PlannedPush.Broken"/>
    public Digest? Broken { get; init; }

    /// <summary>What happened to its tags.</summary>
    public IReadOnlyList<PlannedTag> Tags { get; init; } = [];
}
