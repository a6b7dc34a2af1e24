using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.Reports;
using Orchestrator.State;

namespace Orchestrator.Tool.Pages;

/// <summary>The files that a report is written to, each in the form of its name's extension.</summary>
/// <param name="paths">Absolute.</param>
internal sealed class ReportFiles(IReadOnlyList<string> paths)
{
    public bool AreWanted => paths.Count > 0;

    /// <summary>Whether a name says which form is meant.</summary>
    public static bool IsReport(string path) => IsPage(path) || IsJson(path);

    /// <summary>Replaces each file as a whole.</summary>
    /// <param name="diagnostics">Receives what could not be written.</param>
    public void Write(RunReport report, DiagnosticBag diagnostics)
    {
        foreach (var path in paths)
        {
            try
            {
                WholeFile.Write(path, Encoding.UTF8.GetBytes(IsJson(path) ? ReportJson.Of(report) : ReportPage.Of(report)));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                diagnostics.Add(Rules.ReportNotWritten.At(new SourceSpan(path), exception.Message.TrimEnd('.')));
            }
        }
    }

    private static bool IsPage(string path) => Path.GetExtension(path).ToLowerInvariant() is ".html" or ".htm";

    private static bool IsJson(string path) => Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);
}
