using Orchestrator.Dockerfiles;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>A node of the graph with its Dockerfile read and everything that it is built from known by name.</summary>
internal sealed record ResolvedImage
{
    public required ImageNode Node { get; init; }

    public required DockerfileDocument Document { get; init; }

    /// <summary>What the target takes in, for any of the platforms.</summary>
    public required StageClosure Closure { get; init; }

    /// <summary>The target for each of the platforms, in their order.</summary>
    public required IReadOnlyList<PlatformClosure> Evaluations { get; init; }

    /// <summary>What it is built for, sorted and in the form that platforms are compared in; null: whatever the engine is.</summary>
    public required IReadOnlyList<string>? Platforms { get; init; }

    /// <summary>The engine's own platform, on which its programs run, in the form that platforms are compared in.</summary>
    public required string BuildPlatform { get; init; }

    /// <summary>The Dockerfile as it was read.</summary>
    public string DockerfileText => Document.Text;

    /// <summary>The patterns that hold for the main context, with the file that they come from; null when there is none.</summary>
    public required string? IgnoreText { get; init; }

    /// <summary>In-graph images that this one is built from, then those that only come before it. Without repetitions of one target.</summary>
    public required IReadOnlyList<Edge> Edges { get; init; }

    public required IReadOnlyList<ExternalUse> Externals { get; init; }

    /// <summary>The image that reads the Dockerfile, where it names one; the builder fetches it, not the engine.</summary>
    public ExternalUse? Frontend { get; init; }

    /// <summary>Something else than Docker's own frontend reads the Dockerfile; what it takes from where is its own affair.</summary>
    public required bool HasOtherFrontend { get; init; }

    /// <summary>All local names of the graph, for suggestions.</summary>
    public required IReadOnlyList<string> LocalNames { get; init; }

    public string Name => Node.Name;

    /// <summary>Nodes that must be built before this one, each once.</summary>
    public IReadOnlyList<string> Needs => [.. Edges.Select(edge => edge.To).Distinct(StringComparer.Ordinal)];

    /// <summary>Nodes that something is taken from, each once; without those that only come before.</summary>
    public IReadOnlyList<string> Bases => [.. Edges.Where(edge => edge.Reference is not null).Select(edge => edge.To).Distinct(StringComparer.Ordinal)];

    /// <summary>Nodes that only come before this one, as its <c>build_after</c> says, each once.</summary>
    public IReadOnlyList<string> After => [.. Needs.Except(Bases, StringComparer.Ordinal)];

    /// <summary>The builder was seen to ask for more than the Dockerfile says: all of its contexts count.</summary>
    public bool NeedsEverything { get; init; }

    /// <summary>An image of the graph, or a stage of the Dockerfile, that may have been meant instead of an external one.</summary>
    public string Suggestion(ExternalUse use) => Dockerfiles.Suggestion.For(use.Source.Familiar, LocalNames.Concat(Document.Stages.Select(stage => stage.Name).OfType<string>()));
}
