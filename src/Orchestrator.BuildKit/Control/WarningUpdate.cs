using System.Diagnostics.CodeAnalysis;

namespace Orchestrator.BuildKit.Control;

/// <summary>A warning, mostly of the Dockerfile's lint. It may repeat, once per platform.</summary>
/// <param name="Vertex">The step's digest; for lint the one that loads the Dockerfile.</param>
/// <param name="Level">1: normal.</param>
/// <param name="Short">One line; for lint <c>RuleName: message (line N)</c>.</param>
/// <param name="Detail">More lines; for lint the rule's description.</param>
/// <param name="Url">Where to read more; may be empty.</param>
/// <param name="FileName">The Dockerfile's name; empty when unknown.</param>
/// <param name="Ranges">Where; may be empty.</param>
[SuppressMessage("Naming", "CA1720", Justification = "BuildKit's own word.")]
public sealed record WarningUpdate(
    string Vertex, long Level, string Short, IReadOnlyList<string> Detail, string Url, string FileName, IReadOnlyList<SourceRange> Ranges) : SolveEvent;
