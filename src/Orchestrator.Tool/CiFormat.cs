namespace Orchestrator.Tool;

/// <summary>Which CI system the jobs are written for.</summary>
internal enum CiFormat
{
    /// <summary>For scripts.</summary>
    Json,

    /// <summary>Lines for <c>$GITHUB_OUTPUT</c>: a matrix for each wave.</summary>
    GitHub,

    /// <summary>Logging commands that set output variables: a matrix for each wave.</summary>
    Azure,

    /// <summary>A pipeline for <c>trigger: include</c>.</summary>
    GitLab,
}
