namespace Orchestrator.Diagnostics;

/// <summary>One finding for the person who wrote the input: what is wrong, where, and what to do.</summary>
/// <param name="Rule">The row of <see cref="Rules"/> that owns code, severity and help.</param>
/// <param name="Message">The finished sentence or sentences; may span lines.</param>
/// <param name="Span">Where it is; <see cref="SourceSpan.None"/> when there is no place.</param>
internal sealed record Diagnostic(Rule Rule, string Message, SourceSpan Span)
{
    /// <summary>Default: the rule's. Checks of BuildKit's have the names that BuildKit gives them.</summary>
    public string Code { get; init; } = Rule.Code;

    public Severity Severity => Rule.Severity;

    /// <summary>A page about it; empty when there is none. Default: the rule's.</summary>
    public string HelpLink { get; init; } = Rule.HelpLink;

    /// <summary>What it is about where several images meet the same, such as one step that two targets share; null: nothing but itself.</summary>
    public string? Cause { get; init; }

    /// <summary>What to do about it: the rule's help, or where to read about it.</summary>
    public string Help => HelpLink.Length > 0 ? "see " + HelpLink : Rule.Help;

    public override string ToString()
    {
        var severity = Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "message" };
        return Span.File.Length == 0 ? $"{severity} {Code}: {Message}" : $"{Span}: {severity} {Code}: {Message}";
    }
}
