using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>Files that a COPY, an ADD or a bind mount takes from a context.</summary>
/// <param name="From">An image or named context as written; null is the main context.</param>
/// <param name="Sources">Expanded, wildcards kept. Empty when only heredocs are copied.</param>
internal sealed record ContextUse(Instruction Instruction, Stage Stage, string? From, IReadOnlyList<Located<string>> Sources)
{
    /// <summary>COPY --parents: sources keep their directories, and <c>/./</c> in a source is the pivot.</summary>
    public bool KeepsParents { get; init; }

    /// <summary>The patterns of --exclude, which BuildKit does not expand.</summary>
    public IReadOnlyList<string> Excludes { get; init; } = [];

    /// <summary>A variable takes part in the sources.</summary>
    public bool HasVariables { get; init; }

    /// <summary>False when the sources depend on the environment of a base that is not known: only all of the context is safe.</summary>
    public bool IsCertain { get; init; } = true;
}
