using System.Globalization;

namespace Orchestrator.Diagnostics;

/// <summary>One row of the table of diagnostics.</summary>
/// <param name="Code"><c>ORC</c> and four digits; the first digit is the area. Never reused.</param>
/// <param name="Format">The sentence, with <c>{0}</c> … for what varies.</param>
/// <param name="Help">What to do about it; shown in the table of the reference page.</param>
/// <param name="IsOfTheMoment">A warning about a machine, an engine or a registry as it is now, and none about what the repository has: <c>TreatWarningsAsErrors</c> of an images project leaves it a warning.</param>
internal sealed record Rule(string Code, Severity Severity, string Format, string Help, bool IsOfTheMoment = false)
{
    /// <summary>A page about the rule; empty when the reference page is all there is.</summary>
    public string HelpLink => Help.StartsWith("https://", StringComparison.Ordinal) ? Help : "";

    /// <summary>It is about the machine or the engine, and not about files of the graph.</summary>
    public bool IsOfTheMachine => Code.StartsWith("ORC0", StringComparison.Ordinal);

    public Diagnostic At(SourceSpan span, params object[] arguments) =>
        new(this, arguments.Length == 0 ? Format : string.Format(CultureInfo.InvariantCulture, Format, arguments), span);

    public Diagnostic Anywhere(params object[] arguments) => At(SourceSpan.None, arguments);
}
