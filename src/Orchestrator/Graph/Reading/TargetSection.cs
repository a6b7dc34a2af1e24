using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>One entry of <c>targets:</c>.</summary>
internal sealed record TargetSection(Located<string> Name, Located<string> Tag, IReadOnlyList<KeyValuePair<string, Located<string?>>> Arguments);
