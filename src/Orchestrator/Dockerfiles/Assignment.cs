using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>One name of an ARG, ENV or LABEL, quotes and variables unresolved.</summary>
/// <param name="Value">Null for an ARG without a default.</param>
internal sealed record Assignment(Located<string> Name, Located<string>? Value);
