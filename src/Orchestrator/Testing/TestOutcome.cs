namespace Orchestrator.Testing;

/// <summary>How it ended for one test.</summary>
internal enum TestOutcome
{
    Passed,

    /// <summary>Passed before, by the same build of the image.</summary>
    Remembered,

    Failed,
}
