namespace Orchestrator.Planning;

/// <summary>What will happen, in dependency order.</summary>
internal sealed record Plan(ResolvedGraph Graph, IReadOnlyList<PlannedImage> Images)
{
    public bool IsUpToDate => Images.All(image => image.Action == PlanAction.UpToDate);
}
