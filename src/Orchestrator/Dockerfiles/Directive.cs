using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>A parser directive: <c># syntax=…</c>, <c># escape=…</c> or <c># check=…</c>.</summary>
/// <param name="Name">Lower case.</param>
/// <param name="Span">The value.</param>
internal sealed record Directive(string Name, string Value, SourceSpan Span)
{
    public const string Syntax = "syntax";
    public const string Escape = "escape";
    public const string Check = "check";

    /// <summary>What BuildKit takes for the image of <c># syntax</c>: everything up to the first space.</summary>
    public string FirstWord => Value.Split(' ')[0];
}
