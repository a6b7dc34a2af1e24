namespace Orchestrator.Graph;

/// <summary>The files that make a graph, and where they were found.</summary>
/// <param name="Folder">That has the graph file, or says which files the Compose project has; absolute.</param>
/// <param name="Files">Absolute, the main file first. Never empty.</param>
internal sealed record LocatedGraph(string Folder, IReadOnlyList<string> Files)
{
    /// <summary>They make a Compose project, whatever they are called.</summary>
    public bool IsCompose { get; init; }
}
