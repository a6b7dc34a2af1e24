using Orchestrator.Diagnostics;

namespace Orchestrator.Planning;

/// <summary>"<c>From</c> is built from <c>To</c>", and the place that says so.</summary>
/// <param name="To">The name of the node that is used.</param>
/// <param name="Reference">The reference as BuildKit looks it up; null for an edge that only orders (<c>build_after</c>).</param>
/// <param name="Span">Where it is written.</param>
internal sealed record Edge(string To, string? Reference, SourceSpan Span);
