using Orchestrator.Graph;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>
/// Remembers which key an index had of which its registry lost so much that nothing in it tells, when its key tag goes to another build: the versions that still stand
/// for it are written over later, perhaps by another run, or by that of another release. The tag names the index, and stands for the image that took its place; the
/// label of that one tells the key.
/// </summary>
internal static class LostIndexTag
{
    private const string Prefix = "lost-";

    /// <summary>All digits of a sha256; a tag has no room for those of a longer one.</summary>
    private const int MostDigits = 64;

    /// <summary>Builds of one key that were lost one after the other.</summary>
    private const int MostLosses = 32;

    /// <param name="home">Where the key tag is.</param>
    /// <param name="index">That was lost.</param>
    public static ImageReference Of(ImageReference home, Digest index) => home with { Tag = Prefix + index.Hex[..Math.Min(MostDigits, index.Hex.Length)] };

    /// <summary>Whether an index was this image. What took its place may be lost as well, and tells no more than it did: then it is the next one that does, or the key tag.</summary>
    public static async Task<bool> IsOfAsync(Registries registries, ReleaseImage image, Digest index, CancellationToken cancellationToken)
    {
        var seen = new HashSet<Digest>();
        while (seen.Count < MostLosses && seen.Add(index))
        {
            var next = await registries.FindAsync(Of(image.Home, index), cancellationToken).ConfigureAwait(false);
            if (next is not { Key: null, Lost: not null })
            {
                return next?.Key == image.Key.Hex;
            }

            if (await registries.ResolveAsync(image.KeyReference, cancellationToken).ConfigureAwait(false) == next.Digest)
            {
                return true;
            }

            index = next.Digest;
        }

        return false;
    }
}
