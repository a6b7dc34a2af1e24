using Orchestrator.Building;
using Orchestrator.Planning;
using Orchestrator.Reports;

namespace Orchestrator.Tests.Reports;

/// <summary>Images of a report, in a line each.</summary>
internal static class SampleImages
{
    /// <param name="seconds">What it took; nothing for one that was up to date.</param>
    public static ReportedImage Image(string name, double seconds, params IReadOnlyList<string> bases) => new()
    {
        Name = name,
        Tags = [name],
        Wave = 0,
        Bases = bases,
        Externals = [],
        Action = seconds > 0 ? PlanAction.Build : PlanAction.UpToDate,
        Reason = "",
        Outcome = seconds > 0 ? BuildOutcome.Built : BuildOutcome.UpToDate,
        IsSuccess = true,
        Size = 1000,
        Duration = TimeSpan.FromSeconds(seconds),
    };
}
