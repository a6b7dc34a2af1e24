using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>What every part of one reading needs.</summary>
/// <param name="Variables">The env file's values under the process environment.</param>
internal sealed record ReadingScope(RepositoryPaths Paths, IReadOnlyDictionary<string, string> Variables, DiagnosticBag Diagnostics);
