using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary><c>project</c> as it was written.</summary>
/// <param name="Context">Null is the usual name.</param>
/// <param name="Configuration">Null is the usual one.</param>
internal sealed record ProjectSection(Located<string> Path, Located<string>? Context, Located<string>? Configuration, IReadOnlyList<KeyValuePair<string, Located<string>>> Properties);
