using Orchestrator.Docker;
using Orchestrator.Keys;

namespace Orchestrator.Planning;

/// <summary>
/// What an image said of itself when it was looked at. Where an ID is a digest of all that the image is, as on containerd's store, what it says is the same for ever, and to
/// see which ID a name stands for is enough. That its layers are still there it does not tell: <c>docker image rm --platform</c> takes them away from every image that shares
/// them, and leaves the names. Up to engine 29.1.1 an inspect would tell, which asks the store two to four times as much; later ones do not tell either.
/// </summary>
/// <param name="Id">The engine's.</param>
/// <param name="Size">Bytes, then: what else is on the engine may change it.</param>
/// <param name="BasesDigest">Its label <see cref="KeyTag.BasesLabel"/>.</param>
/// <param name="BasesContent">Its label <see cref="KeyTag.BasesContentLabel"/>.</param>
internal sealed record KnownImage(string Id, long Size, string? BasesDigest, string? BasesContent)
{
    /// <returns>Null when the image does not carry the key.</returns>
    public static KnownImage? Of(ImageDetails image, CacheKey key) => image.Labels.GetValueOrDefault(KeyTag.Label) == key.Hex
        ? new KnownImage(image.Id, image.Size, image.Labels.GetValueOrDefault(KeyTag.BasesLabel), image.Labels.GetValueOrDefault(KeyTag.BasesContentLabel))
        : null;

    /// <summary>Its labels that decide anything.</summary>
    public IReadOnlyDictionary<string, string> Labels(CacheKey key)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal) { [KeyTag.Label] = key.Hex };
        if (BasesDigest is not null)
        {
            labels[KeyTag.BasesLabel] = BasesDigest;
        }

        if (BasesContent is not null)
        {
            labels[KeyTag.BasesContentLabel] = BasesContent;
        }

        return labels;
    }
}
