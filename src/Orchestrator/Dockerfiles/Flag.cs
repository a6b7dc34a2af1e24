using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>One <c>--name=value</c> between the keyword and the arguments; quotes and escapes are resolved, variables are not.</summary>
/// <param name="Name">Without the dashes.</param>
/// <param name="Value">Empty when nothing was given.</param>
internal sealed record Flag(string Name, string Value, SourceSpan Span)
{
    /// <summary>Whether there was an equals sign: <c>--link</c> and <c>--link=</c> differ.</summary>
    public bool HasValue { get; init; }

    /// <summary>The whole token in <see cref="DockerfileDocument.Text"/>; null in triggers, whose text goes into images as it is written.</summary>
    public TextRange? Range { get; init; }

    public bool IsTrue => !HasValue || Value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
