namespace Orchestrator.Tool;

/// <summary>How a run is told.</summary>
internal enum ProgressForm
{
    /// <summary>What suits the output: <see cref="Tty"/> on a terminal that nobody's CI owns, <see cref="Plain"/> elsewhere.</summary>
    Auto,

    /// <summary>Live: what is at work, painted again and again.</summary>
    Tty,

    /// <summary>One line for each image, and what failed; in GitHub, Azure and GitLab with the images' logs, folded.</summary>
    Plain,

    /// <summary>Only warnings and errors.</summary>
    Quiet,

    /// <summary>Events as JSON, a line for each (nuget/docs/progress.md).</summary>
    Json,

    /// <summary>The line protocol of MSBuild's tasks.</summary>
    MSBuild,
}
