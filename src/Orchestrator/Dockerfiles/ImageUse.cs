using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>An image or named context from outside of the Dockerfile.</summary>
/// <param name="Reference">Expanded, as BuildKit looks it up; neither normalised nor <c>scratch</c>.</param>
/// <param name="Stage">Null for <see cref="ImageUseKind.Syntax"/>.</param>
internal sealed record ImageUse(ImageUseKind Kind, Located<string> Reference, Stage? Stage)
{
    /// <summary>The value of <c>FROM --platform</c>, expanded; null means the target platform.</summary>
    public string? Platform { get; init; }

    /// <summary>The flag that names it; null for the other kinds.</summary>
    public Flag? Flag { get; init; }

    /// <summary>The token that names it, where that may be written anew: the base of a FROM, or the flag. Null in triggers.</summary>
    public TextRange? Range { get; init; }
}
