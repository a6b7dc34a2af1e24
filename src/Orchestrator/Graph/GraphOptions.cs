namespace Orchestrator.Graph;

/// <param name="File">Absolute path of the graph file.</param>
/// <param name="Environment">The process environment; it wins over env files.</param>
internal sealed record GraphOptions(string File, IReadOnlyDictionary<string, string> Environment);
