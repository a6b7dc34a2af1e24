using Orchestrator.Diagnostics;

namespace Orchestrator.Tool.Findings;

/// <summary>What was told, so that nothing is told twice: not when it is found again, and not when two images meet it in one step.</summary>
internal sealed class ToldFindings
{
    private readonly HashSet<(string Code, SourceSpan Span, string Text)> _told = [];
    private readonly Lock _lock = new();

    /// <returns>False when it was told before.</returns>
    public bool Add(Diagnostic diagnostic)
    {
        lock (_lock)
        {
            return _told.Add((diagnostic.Code, diagnostic.Span, diagnostic.Cause ?? diagnostic.Message));
        }
    }
}
