using NuGet.Versioning;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>What the versions in a repository mean for a moving tag there.</summary>
internal static class MovingVersions
{
    /// <summary>The full tag of another version in the same repository.</summary>
    public static string TagOf(PublishTag full, NuGetVersion version) =>
        full.Tag.Replace(full.StandsFor!.ToNormalizedString(), version.ToNormalizedString(), StringComparison.Ordinal);

    public static string WhyItStays(PublishTag tag, IReadOnlyList<NuGetVersion> published) =>
        $"{MovingTags.Holder(tag, published)?.ToNormalizedString()} is published";
}
