using Orchestrator.BuildKit.Control;

namespace Orchestrator.Building;

/// <summary>Hands progress on at once, on the thread that brings it; <c>Progress&lt;T&gt;</c> would post it elsewhere and out of order.</summary>
internal sealed class Relay(Action<SolveEvent> take) : IProgress<SolveEvent>
{
    public void Report(SolveEvent value) => take(value);
}
