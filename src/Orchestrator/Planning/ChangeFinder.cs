using Orchestrator.Keys;

namespace Orchestrator.Planning;

/// <summary>Compares what an image would be made of now with what it was made of, and goes on with the bases that differ.</summary>
internal sealed class ChangeFinder(Plan plan, BuildMemory memory)
{
    private readonly Dictionary<string, PlannedImage> _images = plan.Images.ToDictionary(image => image.Name, StringComparer.Ordinal);

    public async Task<ImageChanges> FindAsync(PlannedImage image, CancellationToken cancellationToken) =>
        Compare(image, await memory.FindAsync(image.Image, cancellationToken).ConfigureAwait(false));

    private ImageChanges Compare(PlannedImage image, KeyExplanation? before)
    {
        if (before is null || image.Inputs is null)
        {
            return new ImageChanges(image, null, []);
        }

        var differences = KeyDifference.Between(before, KeyExplanation.Of(image.Inputs));
        return new ImageChanges(image, differences, [.. Bases(differences)]);
    }

    private IEnumerable<ImageChanges> Bases(IReadOnlyList<KeyDifference> differences)
    {
        foreach (var difference in differences.Where(difference => difference is { Section: KeySections.Bases, Change: KeyChange.Changed }).DistinctBy(difference => difference.BaseName))
        {
            if (_images.TryGetValue(difference.BaseName, out var parent))
            {
                yield return Compare(parent, memory.Find(parent.Name, new CacheKey(difference.Before!)));
            }
        }
    }
}
