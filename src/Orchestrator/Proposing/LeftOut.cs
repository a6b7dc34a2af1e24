using Orchestrator.Diagnostics;

namespace Orchestrator.Proposing;

/// <summary>A file that was found and is not in the proposal.</summary>
/// <param name="File">Relative to the repository.</param>
internal sealed record LeftOut(string File, string Reason)
{
    /// <summary>For the first error of those that were found in it.</summary>
    public static LeftOut For(string file, DiagnosticBag diagnostics)
    {
        var error = diagnostics.Items.First(item => item.Severity == Severity.Error);
        var place = error.Span.Line == 0 ? "" : $"{Path.GetFileName(error.Span.File)}({error.Span.Line},{error.Span.Column}): ";
        return new LeftOut(file, $"{place}{error.Code}: {error.Message}");
    }
}
