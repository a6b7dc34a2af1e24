using Orchestrator.Diagnostics;
using Orchestrator.Graph.ImageTests;
using Orchestrator.Graph.TagTemplates;

namespace Orchestrator.Graph;

/// <summary>One image of the graph.</summary>
internal sealed record ImageNode
{
    /// <summary>The key in the graph file; <c>app/production</c> for a target of <c>app</c>. Unique in the graph.</summary>
    public required string Name { get; init; }

    /// <summary>The key in the graph file, which the targets of one entry share: <c>app</c>.</summary>
    public string Entry => Name.Split('/')[0];

    /// <summary>Where the image is declared.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>The local names, the first one is the main one. Never empty.</summary>
    public required IReadOnlyList<Located<ImageReference>> LocalNames { get; init; }

    /// <summary>Names of nodes that were declared with an equal build definition: this one builds them too, and has their local names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Those nodes and this one as each was declared; empty where there are none.</summary>
    public IReadOnlyList<ImageNode> Merged { get; init; } = [];

    /// <summary>Where and with which tags it is published; one for each repository among the local names.</summary>
    public IReadOnlyList<Publication> Publications { get; init; } = [];

    public required BuildDefinition Build { get; init; }

    /// <summary>Images that must be built before this one although nothing of them is used (<c>build_after</c>); names of nodes.</summary>
    public IReadOnlyList<Located<string>> BuildAfter { get; init; } = [];

    /// <summary>Where it is a Compose service: the profiles of which one has to be active for it to be in the graph without being named. Empty is always.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>The nodes as the files declare them, before equal builds became one.</summary>
    public IReadOnlyList<ImageNode> Declarations => Merged.Count == 0 ? [this] : Merged;

    /// <summary>What has to hold of it when it is built; no part of its key.</summary>
    public IReadOnlyList<ImageTest> Tests { get; init; } = [];

    /// <summary>What the build's result is called for a person.</summary>
    public string DisplayName => LocalNames[0].Value.Familiar;
}
