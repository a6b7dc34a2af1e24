using Orchestrator.Contexts;
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

    /// <summary>What its main context holds; empty when the Dockerfile reads nothing from it.</summary>
    public required ContextSnapshot Context { get; init; }

    /// <summary>Directories given as named contexts.</summary>
    public IReadOnlyDictionary<string, ContextSnapshot> NamedContexts { get; init; } = new Dictionary<string, ContextSnapshot>();

    /// <summary>The engine's ID of the image with this key; null when there is none yet.</summary>
    public string? ImageId { get; init; }

    /// <summary>Bytes, when there is one.</summary>
    public long Size { get; init; }

    /// <summary>Local names that are missing or point elsewhere.</summary>
    public IReadOnlyList<Graph.ImageReference> MissingNames { get; init; } = [];

    public string Name => Image.Name;
}
