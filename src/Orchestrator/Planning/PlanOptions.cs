namespace Orchestrator.Planning;

/// <summary>What a person asked for on the command line.</summary>
internal sealed record PlanOptions
{
    /// <summary>Build although an image with the key exists: all images, or those in <see cref="NoCacheImages"/>.</summary>
    public bool NoCache { get; init; }

    public IReadOnlySet<string> NoCacheImages { get; init; } = new HashSet<string>();

    /// <summary>Where the images have to be in the end.</summary>
    public BuildOutput Output { get; init; }

    /// <summary>Ask registries for external images even when they are here.</summary>
    public bool Pull { get; init; }

    /// <summary>Pull external images that are missing; false for a mere preview.</summary>
    public bool PullMissing { get; init; }
}
