using Orchestrator.Diagnostics;

namespace Orchestrator.Graph;

/// <summary>
/// What a graph file says, whatever format it had: nothing after this folder knows it. Immutable after load;
/// edges are not here, they come from the Dockerfiles.
/// </summary>
internal sealed record ImageGraph
{
    /// <summary>The graph's name; part of key tags. Lower case, valid as one component of an image repository.</summary>
    public required string Name { get; init; }

    /// <summary>Somebody chose the name; otherwise it is what the folder is called, and a graph in a folder of the same name elsewhere has it too.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Absolute path of the graph file.</summary>
    public required string File { get; init; }

    /// <summary>Absolute path of the repository: the git top level, else the graph file's folder.</summary>
    public required string Root { get; init; }

    /// <summary>The prefix for pushing (<c>registry:</c>); names with it are the same image as names without.</summary>
    public string? Registry { get; init; }

    /// <summary>Whether and where registries remember builds (<c>cache:</c>).</summary>
    public RegistryMemorySettings Memory { get; init; } = new(null, null);

    /// <summary>In the order of the file.</summary>
    public required IReadOnlyList<ImageNode> Images { get; init; }

    /// <summary>Services of Compose projects that run an image which nothing here builds.</summary>
    public IReadOnlyList<ServiceImage> Services { get; init; } = [];

    /// <summary>Where external references really come from, by normalised reference.</summary>
    public IReadOnlyDictionary<ImageReference, Located<ImageReference>> Sources { get; init; } =
        new Dictionary<ImageReference, Located<ImageReference>>();

    /// <summary>The names of <c>environments:</c>, in the order of the file.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Every file that was read to make the graph, absolute, in order.</summary>
    public IReadOnlyList<string> InputFiles { get; init; } = [];
}
