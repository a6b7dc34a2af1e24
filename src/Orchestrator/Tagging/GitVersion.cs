using System.Globalization;
using NuGet.Versioning;
using Orchestrator.Git;

namespace Orchestrator.Tagging;

/// <summary>
/// The version by the nearest <c>v*</c> tag. On the tagged commit it is the tag's. Behind it, it is the prerelease that follows: five commits after
/// <c>v1.4.0</c> is <c>1.4.1-alpha.0.5</c>, three after <c>v1.5.0-rc.1</c> is <c>1.5.0-rc.1.3</c>; so no commit but the tagged one ever claims the
/// tag's own version, and none between two releases claims <c>latest</c>.
/// </summary>
internal static class GitVersion
{
    public static async Task<Fact<NuGetVersion>> FindAsync(GitCommand git, string commit, CancellationToken cancellationToken)
    {
        var listed = await git.RunAsync(["for-each-ref", "--format=%(refname:strip=2)%09%(objectname)%09%(*objectname)", "refs/tags/v*"], cancellationToken).ConfigureAwait(false);
        if (!listed.IsSuccess)
        {
            return Fact<NuGetVersion>.Missing(listed.Complaint);
        }

        var tags = listed.Lines.Select(Tag).ToList();
        var onHead = Highest(tags.Where(tag => tag.Commit == commit));
        if (onHead is { Version: { } exact })
        {
            return Fact<NuGetVersion>.Known(exact, $"the git tag {onHead.Name}");
        }

        var shallow = await git.RunAsync(["rev-parse", "--is-shallow-repository"], cancellationToken).ConfigureAwait(false);
        if (shallow.Output.Trim() == "true")
        {
            return Fact<NuGetVersion>.Missing("the clone is shallow, so the nearest v* tag cannot be told; clone with history and tags ('fetch-depth: 0', in Azure 'fetchDepth: 0' and 'fetchTags: true', or 'git fetch --unshallow --tags') or give --version");
        }

        return tags.Exists(tag => tag.Version is not null)
            ? await NearestAsync(git, tags, cancellationToken).ConfigureAwait(false)
            : Fact<NuGetVersion>.Missing("neither --version nor the project says it, and there is no git tag such as v1.4.0 in this clone; a new pipeline of Azure fetches tags with 'fetchTags: true'");
    }

    private static async Task<Fact<NuGetVersion>> NearestAsync(GitCommand git, List<GitTag> tags, CancellationToken cancellationToken)
    {
        string[] others = [.. tags.Where(tag => tag.Version is null).Select(tag => "--exclude=" + tag.Name)];
        var described = await git.RunAsync(["describe", "--tags", "--long", "--abbrev=40", "--match=v*", "--exclude=*/*", .. others, "HEAD"], cancellationToken).ConfigureAwait(false);
        // <tag>-<commits since>-g<hash>, and a tag may hold dashes.
        var parts = described.Output.Trim().Split('-');
        if (!described.IsSuccess || parts.Length < 3 || !int.TryParse(parts[^2], NumberStyles.None, CultureInfo.InvariantCulture, out var height))
        {
            return Fact<NuGetVersion>.Missing("neither --version nor the project says it, and no v* tag is in the history of HEAD");
        }

        var name = string.Join('-', parts[..^2]);
        // An annotated tag holds a name of its own, which is the one that git tells; whoever renamed it made another.
        return Highest(tags.Where(tag => tag.Commit == tags.Find(named => named.Name == name)?.Commit)) is { } nearest
            ? Fact<NuGetVersion>.Known(After(nearest.Version!, height), $"{height} commits after the git tag {nearest.Name}")
            : Fact<NuGetVersion>.Missing($"the nearest v* tag calls itself {name}, and there is no such version tag; make it again under its name, or give --version");
    }

    private static NuGetVersion After(NuGetVersion version, int height) => version.IsPrerelease
        ? new NuGetVersion(version.Major, version.Minor, version.Patch, $"{version.Release}.{height}")
        : new NuGetVersion(version.Major, version.Minor, version.Patch + 1, $"alpha.0.{height}");

    private static GitTag? Highest(IEnumerable<GitTag> tags) =>
        tags.Where(tag => tag.Version is not null).MaxBy(tag => tag.Version!, VersionComparer.VersionRelease);

    /// <summary>A tag that is not <c>v</c> and a whole semantic version, such as <c>v1</c> or <c>vendor</c>, is none of ours.</summary>
    private static GitTag Tag(string line)
    {
        var fields = line.Split('\t');
        var version = NuGetVersion.TryParseStrict(fields[0][1..], out var parsed) ? parsed : null;
        return new GitTag(fields[0], fields[2].Length > 0 ? fields[2] : fields[1], version);
    }

    /// <param name="Commit">What it points to in the end, also through an annotated tag.</param>
    private sealed record GitTag(string Name, string Commit, NuGetVersion? Version);
}
