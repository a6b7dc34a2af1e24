using NuGet.Versioning;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>What the versions in a repository mean for a moving tag there.</summary>
internal static class MovingVersions
{
    /// <summary>The versions that are published beside a full tag.</summary>
    public static async Task<IReadOnlyList<NuGetVersion>> ListAsync(Registries registries, PublishTag full, CancellationToken cancellationToken) =>
        [.. MovingTags.Published(full, await registries.At(full.Reference).ListTagsAsync(full.Reference.Repository, cancellationToken).ConfigureAwait(false))];

    /// <summary>The full tag of another version in the same repository.</summary>
    public static string TagOf(PublishTag full, NuGetVersion version) =>
        full.Tag.Replace(full.StandsFor!.ToNormalizedString(), version.ToNormalizedString(), StringComparison.Ordinal);

    public static string WhyItStays(PublishTag tag, IReadOnlyList<NuGetVersion> published) =>
        $"{MovingTags.Holder(tag, published)?.ToNormalizedString()} is published";
}
