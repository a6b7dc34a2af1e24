using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>
/// Whether what a registry has is all of an image. An engine sends what it has: of a platform whose content is gone nothing, and of an image that it pulled
/// not what is attested about it.
/// </summary>
internal static class WholeImage
{
    public static bool IsWhole(ResolvedImage image, Manifest manifest) => HasPlatforms(image, manifest) && IsAttested(image.Node, manifest);

    public static bool HasPlatforms(ResolvedImage image, Manifest manifest) => Parts(image, manifest).Count > 0;

    /// <summary>The images behind a manifest that an engine would take: one, or of an image for given platforms one for each, and none besides.</summary>
    /// <returns>Platform, and digest within the index; nothing when it is not what is wanted.</returns>
    public static IReadOnlyList<(string Platform, Digest? Digest)> Parts(ResolvedImage image, Manifest manifest)
    {
        var own = image.BuildPlatform;
        if (!manifest.IsIndex)
        {
            return image.Platforms is null or { Count: 1 } ? [(image.Platforms?[0] ?? own, null)] : [];
        }

        var children = manifest.Manifests.Where(child => !child.IsAttestation && MediaTypes.IsImage(child.MediaType))
            .Select(child => (Platform: PlatformName.Normalize(child.Platform), Digest: (Digest?)child.Digest)).OrderBy(child => child.Platform, StringComparer.Ordinal).ToList();
        return image.Platforms is { } platforms ? children.Select(child => child.Platform).SequenceEqual(platforms, StringComparer.Ordinal) ? children : []
            : children.FindIndex(child => child.Platform == own) is >= 0 and var index ? [children[index]]
            : children.Count == 1 ? [(own, children[0].Digest)] : [];
    }

    /// <summary>Of several platforms, each is attested.</summary>
    private static bool IsAttested(ImageNode node, Manifest manifest)
    {
        if (!node.Build.IsAttested)
        {
            return true;
        }

        var told = manifest.Manifests.Where(child => child.IsAttestation).Select(child => child.About).ToHashSet();
        return told.Count > 0 && manifest.Manifests.Where(child => !child.IsAttestation).All(child => told.Contains(child.Digest.ToString()));
    }
}
