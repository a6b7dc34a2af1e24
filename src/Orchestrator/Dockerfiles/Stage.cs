using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>A FROM and what follows up to the next one.</summary>
internal sealed record Stage
{
    public required int Index { get; init; }

    /// <summary>Lower case, as BuildKit stores it; null without AS.</summary>
    public string? Name { get; init; }

    /// <summary>The base as written, variables unexpanded.</summary>
    public string BaseName => Base.Value;

    public required Located<string> Base { get; init; }

    /// <summary>Where the base's token is in the text, for <see cref="DockerfileDocument.With"/>.</summary>
    public required TextRange BaseRange { get; init; }

    public IReadOnlyList<Flag> Flags => From.Flags;

    public required Instruction From { get; init; }

    public required IReadOnlyList<Instruction> Instructions { get; init; }

    public override string ToString() => Name ?? $"stage {Index}";
}
