namespace Orchestrator.Publishing;

/// <summary>What a promotion does to one image.</summary>
/// <param name="IsThere">The target has the image already, perhaps not with all that belongs to it.</param>
internal sealed record PlannedPromotion(PromotedImage Image, bool IsThere, IReadOnlyList<PlannedTag> Tags);
