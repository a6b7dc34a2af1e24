namespace Orchestrator.Diagnostics;

internal enum Severity
{
    Warning,
    Error,
}
