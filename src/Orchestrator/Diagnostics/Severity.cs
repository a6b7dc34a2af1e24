namespace Orchestrator.Diagnostics;

internal enum Severity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Message,

    Warning,
    Error,
}
