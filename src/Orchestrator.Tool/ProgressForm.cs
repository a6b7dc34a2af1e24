namespace Orchestrator.Tool;

/// <summary>How a run is told.</summary>
internal enum ProgressForm
{
    /// <summary>What suits the output; today plain.</summary>
    Auto,

    /// <summary>One line for each image, and what failed.</summary>
    Plain,

    /// <summary>Only warnings and errors.</summary>
    Quiet,

    /// <summary>The line protocol of MSBuild's tasks.</summary>
    MSBuild,
}
