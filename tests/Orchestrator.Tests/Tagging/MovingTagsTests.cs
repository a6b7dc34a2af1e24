using NuGet.Versioning;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Graph.TagTemplates;
using Orchestrator.Tagging;

namespace Orchestrator.Tests.Tagging;

/// <summary>No tag that versions order ever goes back.</summary>
internal sealed class MovingTagsTests
{
    [TestCase("1.4.0", "1.4.1", true)]
    [TestCase("1.4.0", "1.4.0", true)]
    [TestCase("1.4.0", "1.3.9", false)]
    [TestCase("1.9.0", "1.10.0", true)]
    [TestCase("1.4.0", "1.4.0-rc.1", false)]
    [TestCase("1.4.0-rc.2", "1.4.0-rc.10", true)]
    [TestCase(null, "0.1.0", true)]
    [TestCase(null, null, true)]
    [TestCase("1.4.0", null, false)]
    public void A_tag_moves_to_a_version_that_is_not_lower(string? current, string? next, bool moves) =>
        Assert.That(MovingTags.MayMove(Parse(current), Parse(next)), Is.EqualTo(moves));

    [TestCase("{major}.{minor}", true)]
    [TestCase("{major}", false)]
    [TestCase("latest", false)]
    [TestCase("{branch}", true)]
    [TestCase("{branch}-{major}", true)]
    public void A_backport_moves_its_own_series_only(string template, bool moves) =>
        Assert.That(MovingTags.MayMove(Tag(template, "x", "1.3.9"), Versions("1.3.8", "1.4.0", "1.2.0")), Is.EqualTo(moves));

    [TestCase("{major}.{minor}", true)]
    [TestCase("{major}", true)]
    [TestCase("latest", true)]
    public void The_highest_version_moves_everything(string template, bool moves) =>
        Assert.That(MovingTags.MayMove(Tag(template, "x", "2.0.0"), Versions("1.3.9", "1.4.0", "2.0.0", "2.1.0-rc.1")), Is.EqualTo(moves));

    [Test]
    public void A_build_without_a_version_takes_latest_only_where_no_release_is() => Assert.Multiple(() =>
    {
        Assert.That(MovingTags.MayMove(Tag("latest", "latest", null), []), Is.True);
        Assert.That(MovingTags.MayMove(Tag("latest", "latest", null), Versions("1.0.0")), Is.False);
    });

    [TestCase("{version}", "1.4.0", "1.3.0 1.5.0-rc.1 1.4.0.2")]
    [TestCase("v{version}-alpine", "v1.4.0-alpine", "1.2.0")]
    public void The_tags_of_a_repository_show_its_versions(string template, string tag, string shown)
    {
        string[] tags = ["latest", "1", "1.3", "1.3.0", "1.5.0-rc.1", "1.4.0.2", "1.4.0.0", "01.2.0", "v1.2.0-alpine", "v1.1.0", "sha-0a1b2c3", "-alpine", "v-alpine", "key-00"];

        Assert.That(MovingTags.Published(Tag(template, tag, "1.4.0"), tags).Select(version => version.ToNormalizedString()), Is.EqualTo(shown.Split(' ')));
    }

    [TestCase("1.4.0.3", "1.4.0.2", true)]
    [TestCase("1.4.0.1", "1.4.0.2", false)]
    [TestCase("1.4.0", "1.4.0.2", false)]
    public void The_fourth_part_of_a_version_counts(string next, string published, bool moves) =>
        Assert.That(MovingTags.MayMove(Tag("{major}.{minor}", "1.4", next), MovingTags.Published(Tag("{version}", next, next), [published])), Is.EqualTo(moves));

    private static NuGetVersion? Parse(string? version) => version is null ? null : NuGetVersion.Parse(version);

    private static NuGetVersion[] Versions(params string[] versions) => [.. versions.Select(NuGetVersion.Parse)];

    private static PublishTag Tag(string template, string tag, string? version)
    {
        var read = TagTemplateReader.Read(new Located<string>(template, SourceSpan.None), new DiagnosticBag())!;
        return new PublishTag(ImageReference.Parse("r.example/x:" + tag), TagClass.Moving, Parse(version), read);
    }
}
