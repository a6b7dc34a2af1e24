namespace Orchestrator.Planning;

/// <summary>What will happen, in dependency order.</summary>
internal sealed record Plan(ResolvedGraph Graph, IReadOnlyList<PlannedImage> Images)
{
    /// <summary>External references that a lock pins.</summary>
    public LockedSources Locked { get; init; } = LockedSources.None;

    /// <summary>Nothing has to be done.</summary>
    public bool IsUpToDate => Images.All(image => image.Action is PlanAction.UpToDate or PlanAction.Present);
}
