using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>An ARG that can influence the target.</summary>
/// <param name="Default">As written; null without.</param>
/// <param name="Value">What the build will see; null when it stays unset.</param>
/// <param name="Stage">Null for an ARG before the first FROM; those are listed only if a FROM that matters uses them.</param>
internal sealed record DeclaredArgument(string Name, string? Default, string? Value, Stage? Stage, SourceSpan Span);
