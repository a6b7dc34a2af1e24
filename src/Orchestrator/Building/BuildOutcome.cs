namespace Orchestrator.Building;

/// <summary>How it ended for one image.</summary>
internal enum BuildOutcome
{
    UpToDate,

    /// <summary>In its registry, and not wanted here.</summary>
    Present,
    Retagged,
    Pulled,
    Built,
    Failed,

    /// <summary>Not tried, because something that it needs failed.</summary>
    Blocked,

    /// <summary>Not tried or stopped, because the run was cancelled.</summary>
    Cancelled,
}
