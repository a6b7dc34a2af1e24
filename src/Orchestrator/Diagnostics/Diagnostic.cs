namespace Orchestrator.Diagnostics;

/// <summary>One finding for the person who wrote the input: what is wrong, where, and what to do.</summary>
/// <param name="Rule">The row of <see cref="Rules"/> that owns code, severity and help.</param>
/// <param name="Message">The finished sentence or sentences; may span lines.</param>
/// <param name="Span">Where it is; <see cref="SourceSpan.None"/> when there is no place.</param>
internal sealed record Diagnostic(Rule Rule, string Message, SourceSpan Span)
{
    public string Code => Rule.Code;

    public Severity Severity => Rule.Severity;

    /// <summary>A page about it; empty when there is none. Default: the rule's.</summary>
    public string HelpLink { get; init; } = Rule.HelpLink;

    public override string ToString()
    {
        var severity = Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "message" };
        return Span.File.Length == 0 ? $"{severity} {Code}: {Message}" : $"{Span}: {severity} {Code}: {Message}";
    }
}
