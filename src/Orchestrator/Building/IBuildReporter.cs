using Orchestrator.BuildKit.Control;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// Where a run tells what happens: the console in its forms, MSBuild's line protocol. Called from several threads; must not throw and must not wait.
/// </summary>
internal interface IBuildReporter : IPullReporter
{
    void Report(Diagnostic diagnostic);

    /// <summary>Another run holds the lock of this graph and engine.</summary>
    void Waiting(string holder);

    void Planned(Plan plan);

    void Started(PlannedImage image);

    void Progress(PlannedImage image, SolveEvent progress);

    void Retrying(PlannedImage image, string reason, int attempt);

    void Finished(ImageResult result);
}
