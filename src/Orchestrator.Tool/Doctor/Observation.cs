namespace Orchestrator.Tool.Doctor;

/// <summary>One thing that was looked at.</summary>
/// <param name="Subject">One word: <c>engine</c>, <c>disk</c>.</param>
/// <param name="Verdict">What it means.</param>
/// <param name="Text">What was seen and, unless it is fine, what to do; one line.</param>
internal sealed record Observation(string Subject, Verdict Verdict, string Text)
{
    public static Observation Fine(string subject, string text) => new(subject, Verdict.Fine, text);

    public static Observation Warning(string subject, string text) => new(subject, Verdict.Warning, text);

    public static Observation Error(string subject, string text) => new(subject, Verdict.Error, text);
}
