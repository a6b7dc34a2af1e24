using System.Security.Cryptography;
using Orchestrator.Reports;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Tracing;

/// <summary>A run as spans: one for the build, in it one for each image, in that one for each step; images are linked to those that they are built on.</summary>
internal static class BuildTrace
{
    private const int IdLength = 16;

    /// <param name="parent">The span that the build is a part of; empty for none.</param>
    public static IReadOnlyList<Span> Of(RunReport report, string parent)
    {
        var build = NewId();
        var ids = report.Images.ToDictionary(image => image.Name, _ => NewId(), StringComparer.Ordinal);
        var spans = new List<Span>
        {
            new(build, parent, $"build {report.Graph}".TrimEnd(), report.Started, report.Duration)
            {
                Failure = report.Succeeded ? null : "the build failed",
                Attributes =
                [
                    ("orchestrator.graph", report.Graph), ("orchestrator.images", (long)report.Images.Count),
                    .. report.Images.GroupBy(image => image.Outcome).OrderBy(group => group.Key).Select(group => ($"orchestrator.images.{ResultText.Word(group.Key)}", (object?)(long)group.Count())),
                ],
            },
        };
        foreach (var image in report.Images)
        {
            spans.Add(Of(image, report, ids, build));
            spans.AddRange(image.Steps.Select(step => Of(step, report, ids[image.Name])));
        }

        return spans;
    }

    private static Span Of(ReportedImage image, RunReport report, Dictionary<string, string> ids, string build) =>
        new(ids[image.Name], build, image.DisplayName, report.Started + image.Started, image.Duration)
        {
            Failure = image.IsSuccess ? null : ResultText.Word(image.Outcome),
            Links = [.. image.Bases.Where(ids.ContainsKey).Select(name => ids[name])],
            Attributes =
            [
                ("orchestrator.image", image.Name), ("orchestrator.outcome", ResultText.Word(image.Outcome)), ("orchestrator.reason", image.Reason), ("orchestrator.key", image.Key),
                ("orchestrator.wave", (long)image.Wave), ("orchestrator.bytes", image.Size), ("orchestrator.retries", (long)image.Retries),
            ],
        };

    private static Span Of(ReportedStep step, RunReport report, string image) => new(NewId(), image, step.Name, report.Started + step.Started, step.Ended - step.Started)
    {
        Failure = step.State == StepState.Failed ? step.Error : null,
        Attributes = [("orchestrator.cached", step.State == StepState.Cached), ("orchestrator.stopped", step.State == StepState.Stopped ? true : null)],
    };

    private static string NewId() => RandomNumberGenerator.GetHexString(IdLength, lowercase: true);
}
