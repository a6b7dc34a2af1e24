using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>One instruction as it is written, before any variable is expanded.</summary>
internal sealed record Instruction
{
    /// <summary>Upper case.</summary>
    public required string Keyword { get; init; }

    public IReadOnlyList<Flag> Flags { get; init; } = [];

    /// <summary>The words as the instruction defines them; the decoded items of a JSON form; one item for a shell form.</summary>
    public IReadOnlyList<Located<string>> Arguments { get; init; } = [];

    public bool IsJson { get; init; }

    /// <summary>The names and values of ARG, ENV and LABEL.</summary>
    public IReadOnlyList<Assignment> Assignments { get; init; } = [];

    /// <summary>What ONBUILD will run.</summary>
    public Instruction? Trigger { get; init; }

    /// <summary>
    /// The text without blank lines, comment lines and continuation joins, the keyword in upper case and one space behind it, as BuildKit sees it; nothing
    /// inside arguments is touched. Heredocs follow, each after a line feed.
    /// This goes into cache keys.
    /// </summary>
    public required string Normalized { get; init; }

    public IReadOnlyList<Heredoc> Heredocs { get; init; } = [];

    public required SourceSpan Span { get; init; }

    public Flag? FindFlag(string name) => Flags.FirstOrDefault(flag => flag.Name == name);

    /// <summary>The same as a trigger: no part of it may be written anew.</summary>
    public Instruction AsTrigger() => this with { Flags = [.. Flags.Select(flag => flag with { Range = null })] };

    public override string ToString() => Normalized;
}
