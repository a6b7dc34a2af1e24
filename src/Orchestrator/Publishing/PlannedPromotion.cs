namespace Orchestrator.Publishing;

/// <summary>What a promotion does to one image.</summary>
/// <param name="IsThere">The target has the image already, perhaps not with all that belongs to it.</param>
internal sealed record PlannedPromotion(PromotedImage Image, bool IsThere, IReadOnlyList<PlannedTag> Tags)
{
    /// <summary>False where the registry hides the target, as some do when it is not there yet: then that is assumed here, and looked at again when the image is there.</summary>
    public bool IsSeen { get; init; } = true;

    /// <summary>The same after something happened to some of its tags.</summary>
    public PlannedPromotion With(IReadOnlyList<PlannedTag> done) => this with { Tags = [.. Tags.Select(tag => done.FirstOrDefault(other => other.Tag == tag.Tag) ?? tag)] };
}
