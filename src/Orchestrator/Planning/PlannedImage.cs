using Orchestrator.Keys;

namespace Orchestrator.Planning;

/// <summary>What will happen to one image, and why.</summary>
internal sealed record PlannedImage
{
    public required ResolvedImage Image { get; init; }

    public required PlanAction Action { get; init; }

    /// <summary>In words, for a person.</summary>
    public required string Reason { get; init; }

    /// <summary>Null when something that it is built from is not known yet.</summary>
    public CacheKey? Key { get; init; }

    /// <summary>What went into the key; null when there is none.</summary>
    public KeyInputs? Inputs { get; init; }

    /// <summary>There is no image with the key, and nobody has said why yet.</summary>
    public bool IsUnexplained { get; init; }

    /// <summary>The image that reads the Dockerfile, where it is not what the Dockerfile says.</summary>
    public string? Frontend { get; init; }

    /// <summary>What the lock pins of what ADD fetches.</summary>
    public IReadOnlyList<LockedUse> LockedUses { get; init; } = [];

    /// <summary>The engine's ID of the image with this key; null when there is none yet.</summary>
    public string? ImageId { get; init; }

    /// <summary>Bytes, when there is one.</summary>
    public long Size { get; init; }

    /// <summary>The image with this key in a registry; null when none was looked for or found.</summary>
    public RememberedImage? Remembered { get; init; }

    /// <summary>
    /// What its registry has for the key is not to be used: it was built on other builds of its bases, or a new build was asked for. The new one takes its place there.
    /// </summary>
    public bool Replaces { get; init; }

    /// <summary>Local names that are missing or point elsewhere.</summary>
    public IReadOnlyList<Graph.ImageReference> MissingNames { get; init; } = [];

    public string Name => Image.Name;
}
