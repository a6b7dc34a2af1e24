using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>What one file brings into a graph, with what it includes.</summary>
internal sealed record GraphPart
{
    public required string Name { get; init; }

    /// <inheritdoc cref="ImageGraph.IsNamed" />
    public bool IsNamed { get; init; }

    /// <summary>Absolute path of the repository.</summary>
    public required string Root { get; init; }

    public string? Registry { get; init; }

    public RegistryMemorySettings Memory { get; init; } = new(null, null);

    /// <summary>Services of a Compose project that are built, not yet made into nodes: a graph file may lie over them.</summary>
    public IReadOnlyList<NamedSection> Sections { get; init; } = [];

    /// <summary>Links between them are resolved, equal ones not yet joined.</summary>
    public IReadOnlyList<ImageNode> Images { get; init; } = [];

    /// <summary>Services whose image no file of this part is known to build.</summary>
    public IReadOnlyList<ServiceImage> Services { get; init; } = [];

    public IReadOnlyDictionary<ImageReference, Located<ImageReference>> Sources { get; init; } = new Dictionary<ImageReference, Located<ImageReference>>();

    /// <summary>The names of <c>environments:</c>.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Absolute, in the order in which they were read.</summary>
    public IReadOnlyList<string> InputFiles { get; init; } = [];

    /// <summary>A Compose project or a graph file of this part had errors: what it lacks is no finding.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>With what an included file brings; what is here already wins, and what two of them bring is there once.</summary>
    public GraphPart With(GraphPart other) => this with
    {
        Images = [.. Images.Union(other.Images, ReferenceEqualityComparer.Instance).Cast<ImageNode>()],
        Services = [.. Services.Union(other.Services)],
        IsIncomplete = IsIncomplete || other.IsIncomplete,
        Sources = other.Sources.Where(source => !Sources.ContainsKey(source.Key)).Concat(Sources).ToDictionary(pair => pair.Key, pair => pair.Value),
        InputFiles = [.. InputFiles.Union(other.InputFiles)],
    };
}
