using Orchestrator.Diagnostics;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>What became of one image.</summary>
internal sealed record ImageResult(PlannedImage Planned, BuildOutcome Outcome, TimeSpan Duration)
{
    /// <summary>The engine's ID; empty when there is no image.</summary>
    public string ImageId { get; init; } = "";

    /// <summary>Bytes; 0 when there is no image.</summary>
    public long Size { get; init; }

    /// <summary>Why it failed; empty otherwise.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    public bool IsSuccess => Outcome is BuildOutcome.UpToDate or BuildOutcome.Present or BuildOutcome.Retagged or BuildOutcome.Pulled or BuildOutcome.Built;
}
