using NuGet.Versioning;
using Orchestrator.Graph.TagTemplates;

namespace Orchestrator.Tagging;

/// <summary>
/// When a moving tag may move: never to a lower version. A backport 1.3.9 after 1.4.0 moves <c>1.3</c>, but neither <c>1</c> nor <c>latest</c>.
/// Pure; the versions come from whoever asked the registry.
/// </summary>
internal static class MovingTags
{
    /// <summary>Whether a tag may go from an image of one version to an image of another; null is "not known".</summary>
    /// <remarks>To a version that is not known it goes only from one that is not known: otherwise nobody could say that it is not lower.</remarks>
    public static bool MayMove(NuGetVersion? current, NuGetVersion? next) =>
        current is null || (next is not null && VersionComparer.VersionRelease.Compare(next, current) >= 0);

    /// <summary>Whether a tag may be written where these versions are published.</summary>
    public static bool MayMove(PublishTag tag, IEnumerable<NuGetVersion> published) =>
        tag.Template.Uses(TagPlaceholder.Branch) || MayMove(Holder(tag, published), tag.StandsFor);

    /// <summary>The highest release among the published ones that the tag could stand for: <c>1.4</c> for 1.4.x, <c>latest</c> for any; null when there is none.</summary>
    public static NuGetVersion? Holder(PublishTag tag, IEnumerable<NuGetVersion> published) =>
        published.Where(version => !version.IsPrerelease && IsOfSeries(tag, version)).MaxBy(version => version, VersionComparer.VersionRelease);

    /// <summary>
    /// The tag that shows how a repository writes versions; null when it has none, so that nobody can say which ones are published there. What is another one
    /// each time, by the commit or the key in it, shows nothing: no other version is found by it.
    /// </summary>
    public static PublishTag? FullTag(IEnumerable<PublishTag> tags) => tags.FirstOrDefault(tag =>
        tag.Class == TagClass.Full && !tag.Template.Uses(TagPlaceholder.Sha) && !tag.Template.Uses(TagPlaceholder.Key)
        && tag.StandsFor is { } version && tag.Tag.Contains(version.ToNormalizedString(), StringComparison.Ordinal));

    /// <summary>
    /// The versions that the tags of a repository show, by a full tag that this release has there: beside <c>v1.4.0-alpine</c>, the tag
    /// <c>v1.3.2-alpine</c> shows 1.3.2 and <c>1.3.2</c> nothing.
    /// </summary>
    public static IEnumerable<NuGetVersion> Published(PublishTag full, IEnumerable<string> tags)
    {
        var version = full.StandsFor?.ToNormalizedString();
        var start = version is null ? -1 : full.Tag.IndexOf(version, StringComparison.Ordinal);
        if (start < 0)
        {
            return [];
        }

        var (before, after) = (full.Tag[..start], full.Tag[(start + version!.Length)..]);
        return tags.Where(tag => tag.Length > before.Length + after.Length && tag.StartsWith(before, StringComparison.Ordinal) && tag.EndsWith(after, StringComparison.Ordinal))
            .Select(tag => TagVersion.Parse(tag[before.Length..^after.Length]))
            .OfType<NuGetVersion>();
    }

    private static bool IsOfSeries(PublishTag tag, NuGetVersion version) => tag.StandsFor is not { } own
        || ((!tag.Template.Uses(TagPlaceholder.Major) || version.Major == own.Major)
            && (!tag.Template.Uses(TagPlaceholder.Minor) || version.Minor == own.Minor)
            && (!tag.Template.Uses(TagPlaceholder.Patch) || version.Patch == own.Patch));
}
