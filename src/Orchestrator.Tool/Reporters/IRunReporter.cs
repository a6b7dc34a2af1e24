using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Tagging;

namespace Orchestrator.Tool.Reporters;

/// <summary>A form of telling a run: for a person, for MSBuild, or next to nothing.</summary>
internal interface IRunReporter : IBuildReporter
{
    /// <summary>A plan that is only shown.</summary>
    /// <param name="tags">What each image would be published as; empty where that was not asked for.</param>
    void Show(Plan plan, IReadOnlyList<ImageTags> tags);

    void Say(string line);

    void Ended(IReadOnlyList<ImageResult> results, TimeSpan duration);

    void ReportAll(DiagnosticBag diagnostics)
    {
        foreach (var diagnostic in diagnostics.Items)
        {
            Report(diagnostic);
        }
    }
}
