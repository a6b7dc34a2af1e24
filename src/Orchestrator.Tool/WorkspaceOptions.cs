using Orchestrator.Tool.Projects;

namespace Orchestrator.Tool;

/// <summary>Which graph a command works on, and what of it.</summary>
/// <param name="File">The graph file, or the folder of one; null is the nearest one upward.</param>
/// <param name="GraphEnvironment">One of the file's <c>environments</c>; null is none.</param>
/// <param name="Images">By key or local name; empty is all.</param>
internal sealed record WorkspaceOptions(string? File, string? GraphEnvironment, IReadOnlyList<string> Images)
{
    /// <summary>Who publishes the graph's .NET projects. Default: this process.</summary>
    public ProjectStep Projects { get; init; } = ProjectStep.Publish;
}
