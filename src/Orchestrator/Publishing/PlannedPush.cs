using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>What will happen to one image when it is published.</summary>
/// <param name="Existing">The digest under which its repository has it already, so that nothing is sent; null when it has to be pushed.</param>
internal sealed record PlannedPush(ReleaseImage Image, Digest? Existing, IReadOnlyList<PlannedTag> Tags)
{
    /// <summary>
    /// The index that the image's key tag stood for, of which its registry lost parts; null when it is whole or not there. It has this key, also where nothing is left to
    /// tell it, so a version that was published as it may be written over.
    /// </summary>
    public Digest? Broken { get; init; }

    /// <summary>
    /// The key tag goes to another build than <see cref="Broken"/>: what key that has must be remembered before, for versions may still stand for it that this run
    /// does not name.
    /// </summary>
    public bool TakesPlaceOfBroken => Broken is { } broken && Image.Planned.ImageId != broken.ToString();
}
