namespace Orchestrator.BuildKit.Control;

/// <summary>Where a piece of output was written to.</summary>
public enum LogStream
{
    /// <summary>Standard output.</summary>
    Output = 1,

    /// <summary>Standard error.</summary>
    Error = 2,
}
