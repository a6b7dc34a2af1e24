using Orchestrator.Building;
using Orchestrator.BuildKit.Control;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Projects;
using Orchestrator.Publishing;
using Orchestrator.Reports;
using Orchestrator.Tagging;

namespace Orchestrator.Tool.Reporters;

/// <summary>A run that is told as it would be anyway, and recorded.</summary>
internal sealed class RecordedReporter(IRunReporter told, RunRecorder recorder) : IRunReporter
{
    /// <summary>Nothing was done but to tell projects: the run that is worth a report comes when they are published.</summary>
    public bool IsAsked { get; private set; }

    public void Report(Diagnostic diagnostic)
    {
        recorder.Report(diagnostic);
        told.Report(diagnostic);
    }

    public void Begun()
    {
        recorder.Begin();
        told.Begun();
    }

    public void Loaded(ImageGraph graph)
    {
        recorder.Loaded(graph);
        told.Loaded(graph);
    }

    public void Expect(IReadOnlyDictionary<string, TimeSpan> durations, int parallel) => told.Expect(durations, parallel);

    public void Waiting(string holder)
    {
        recorder.Waiting(holder);
        told.Waiting(holder);
    }

    public void Pulling(ImageReference image)
    {
        recorder.Pulling(image);
        told.Pulling(image);
    }

    public void Pulled(ImageReference image, long bytes, long total) => told.Pulled(image, bytes, total);

    public void PullEnded(ImageReference image)
    {
        recorder.PullEnded(image);
        told.PullEnded(image);
    }

    public void Planned(Plan plan)
    {
        recorder.Planned(plan);
        told.Planned(plan);
    }

    public void Show(Plan plan, IReadOnlyList<ImageTags> tags) => told.Show(plan, tags);

    public void Started(PlannedImage image)
    {
        recorder.Started(image);
        told.Started(image);
    }

    public void Progress(PlannedImage image, SolveEvent progress)
    {
        recorder.Progress(image, progress);
        told.Progress(image, progress);
    }

    public void Retrying(PlannedImage image, string reason, int attempt)
    {
        recorder.Retrying(image, reason, attempt);
        told.Retrying(image, reason, attempt);
    }

    public void Finished(ImageResult result)
    {
        recorder.Finished(result);
        told.Finished(result);
    }

    public void Publish(ProjectPublication publication)
    {
        IsAsked = true;
        told.Publish(publication);
    }

    public void Say(string line) => told.Say(line);

    public IPublishReporter Publishing => told.Publishing;

    public void PushStarted(string name, string to) => told.PushStarted(name, to);

    public void Pushing(string name, long bytes, long total) => told.Pushing(name, bytes, total);

    public void PushEnded(string name) => told.PushEnded(name);

    public void Ended(IReadOnlyList<ImageResult> results, TimeSpan duration)
    {
        recorder.Ended();
        told.Ended(results, duration);
    }

    public void Dispose() => told.Dispose();
}
