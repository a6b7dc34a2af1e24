using Orchestrator.Building;
using Orchestrator.BuildKit.Control;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Projects;
using Orchestrator.Tagging;
using Orchestrator.Tool.CiLogs;
using Orchestrator.Tool.Findings;

namespace Orchestrator.Tool.Reporters;

/// <summary>One line for each image with its action, reason and time, and findings in the form that editors recognise; or both in the form of the CI system that runs this.</summary>
internal sealed class PlainReporter(TextWriter output, bool isQuiet, CiLog log, TimeProvider time) : IRunReporter
{
    private readonly Lock _lock = new();
    private readonly ToldFindings _told = new();
    private readonly Dictionary<string, ImageLog> _logs = new(StringComparer.Ordinal);

    public void Report(Diagnostic diagnostic)
    {
        if (_told.Add(diagnostic))
        {
            Write(log.Finding(diagnostic));
        }
    }

    public void Waiting(string holder) => Say($"waiting for {holder}, which is working on this graph");

    public void Pulling(ImageReference image) => Say($"pulling {image.Familiar}");

    public void Planned(Plan plan)
    {
    }

    public void Started(PlannedImage image) => Say($"building {image.Image.Node.DisplayName}: {image.Reason}");

    public void Progress(PlannedImage image, SolveEvent progress)
    {
        if (log.ShowsLogs && !isQuiet)
        {
            lock (_lock)
            {
                if (!_logs.TryGetValue(image.Name, out var lines))
                {
                    _logs.Add(image.Name, lines = new ImageLog());
                }

                lines.Take(progress);
            }
        }
    }

    public void Retrying(PlannedImage image, string reason, int attempt) => Say($"trying {image.Image.Node.DisplayName} again ({attempt}): {reason}");

    public void Finished(ImageResult result)
    {
        ImageLog? lines;
        lock (_lock)
        {
            _logs.Remove(result.Planned.Name, out lines);
        }

        if (lines is null)
        {
            Say(ResultText.Line(result));
        }
        else
        {
            var ended = time.GetUtcNow();
            Write(log.Group(ResultText.Line(result), result.Planned.Name, !result.IsSuccess, lines.Lines(), ended - result.Duration, ended));
        }

        foreach (var diagnostic in result.Diagnostics)
        {
            Report(diagnostic);
        }
    }

    public void Show(Plan plan, IReadOnlyList<ImageTags> tags)
    {
        foreach (var line in PlanText.Lines(plan, tags))
        {
            Say(line);
        }
    }

    /// <summary>Only MSBuild's tasks ask for it.</summary>
    public void Publish(ProjectPublication publication)
    {
    }

    public void Say(string line)
    {
        if (!isQuiet)
        {
            Write([log.Neutral(line)]);
        }
    }

    public void Ended(IReadOnlyList<ImageResult> results, TimeSpan duration)
    {
        foreach (var line in ResultText.Overview(results, log.ShowsLogs).Append(ResultText.Summary(results, duration)))
        {
            Say(line);
        }
    }

    /// <summary>Lines that belong together.</summary>
    private void Write(IEnumerable<string> lines)
    {
        lock (_lock)
        {
            foreach (var line in lines)
            {
                output.WriteLine(line);
            }
        }
    }
}
