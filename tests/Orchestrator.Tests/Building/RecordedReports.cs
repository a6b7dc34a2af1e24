using Orchestrator.Building;
using Orchestrator.BuildKit.Control;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Tests.Building;

/// <summary>Keeps what a run tells.</summary>
internal sealed class RecordedReports : IBuildReporter
{
    private readonly TaskCompletionSource<string> _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<Diagnostic> Diagnostics { get; } = [];

    /// <summary>Whom the run waits for; comes true when it begins to wait.</summary>
    public Task<string> WaitsFor => _waiting.Task;

    public void Report(Diagnostic diagnostic) => Diagnostics.Add(diagnostic);

    public void Waiting(string holder) => _waiting.SetResult(holder);

    public void Pulling(ImageReference image)
    {
    }

    public void Planned(Plan plan)
    {
    }

    public void Started(PlannedImage image)
    {
    }

    public void Progress(PlannedImage image, SolveEvent progress)
    {
    }

    public void Retrying(PlannedImage image, string reason, int attempt)
    {
    }

    public void Finished(ImageResult result)
    {
    }
}
