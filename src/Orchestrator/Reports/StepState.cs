namespace Orchestrator.Reports;

/// <summary>How a step ended.</summary>
internal enum StepState
{
    /// <summary>Its result was in the builder's cache.</summary>
    Cached,

    Done,
    Failed,

    /// <summary>It did not end by itself: another step failed, or the run was cancelled.</summary>
    Stopped,
}
