using Orchestrator.Tests.Graph;

namespace Orchestrator.Tests.Tagging;

/// <summary>What is wrong with <c>publish_tags</c> is said when the file is read, at the character.</summary>
internal sealed class TagTemplateTests : GraphFixture
{
    private const string Known = "version, major, minor, patch, prerelease, sha, branch, target, key";

    [TestCase("['{versoin}']", "ORC4052(4,21) '{versoin}', at character 1 of '{versoin}', is not a placeholder. Did you mean 'version'? There are " + Known + ".")]
    [TestCase("['sha-{Sha}']", "ORC4052(4,25) '{Sha}', at character 5 of 'sha-{Sha}', is not a placeholder. Did you mean 'sha'? There are " + Known + ".")]
    [TestCase("x{}", "ORC4052(4,20) '{}', at character 2 of 'x{}', is not a placeholder. There are " + Known + ".")]
    [TestCase("x{sha:3}", "ORC4053(4,24) The tag template 'x{sha:3}' cannot be read at character 6: '3' is not a number of digits from 4 to 64.")]
    [TestCase("x{sha:}", "ORC4053(4,24) The tag template 'x{sha:}' cannot be read at character 6: '' is not a number of digits from 4 to 64.")]
    [TestCase("x{branch:9}", "ORC4053(4,27) The tag template 'x{branch:9}' cannot be read at character 9: 'branch' takes no number of digits, only 'sha' and 'key' do.")]
    [TestCase("x{sha", "ORC4053(4,20) The tag template 'x{sha' cannot be read at character 2: '{' is never closed.")]
    [TestCase("a}b", "ORC4053(4,20) The tag template 'a}b' cannot be read at character 2: '}' closes nothing.")]
    [TestCase("['']", "ORC4053(4,21) The tag template '' cannot be read at character 1: it is empty.")]
    [TestCase("-x", "ORC4053(4,19) The tag template '-x' cannot be read at character 1: a tag cannot begin with '-'.")]
    [TestCase("acme/api:1", "ORC4053(4,23) The tag template 'acme/api:1' cannot be read at character 5: '/' cannot be in a tag; write the tag alone, the repository comes from 'registry' and the image's name.")]
    [TestCase("a b", "ORC4053(4,20) The tag template 'a b' cannot be read at character 2: ' ' cannot be in a tag; letters, digits, '.', '-' and '_' can.")]
    [TestCase("[{version}]", "ORC4054(4,20) A tag template that begins with '{' needs quotes, or YAML takes it for a mapping.")]
    [TestCase("{version}", "ORC1023(4,19) 'publish_tags' must be a text or a list, but this is a mapping.")]
    public void A_mistake_is_found_at_its_character(string value, string finding) =>
        Assert.That(FindingsOfImage("publish_tags: " + value), Is.EqualTo(new[] { finding }));

    [Test]
    public void Every_mistake_of_every_place_is_found()
    {
        Write("api/Dockerfile");
        Assert.That(Findings("""
            publish_tags: ["{a}{b}"]
            defaults: { publish_tags: [x y] }
            images:
              api:
                context: api
                targets:
                  dev: { publish_tags: ["{c"] }
            """).Select(finding => finding.Split(' ')[0]), Is.EqualTo(new[] { "ORC4052(1,17)", "ORC4052(1,20)", "ORC4053(2,29)", "ORC4053(7,30)" }));
    }

    [Test]
    public void The_nearest_list_counts()
    {
        Write("api/Dockerfile");
        Write("web/Dockerfile");
        Write("job/Dockerfile");
        var graph = Valid("""
            publish_tags: of-graph
            images:
              web: web
              job: { context: job, publish_tags: [] }
              api:
                context: api
                publish_tags: [of-image]
                targets:
                  dev: { publish_tags: [of-target, dev] }
                  prod: { tag: latest }
            """);

        Assert.That(graph.Images.Select(node => $"{node.Name}: {string.Join(' ', node.Publications.Single().Templates)}"), Is.EqualTo(new[]
        {
            "web: of-graph", "job: ", "api/dev: of-target dev", "api/prod: of-image",
        }));
    }

    [Test]
    public void Equal_builds_keep_the_tags_of_each_name()
    {
        Write("api/Dockerfile");
        var graph = Valid("images:\n  a: { context: api, publish_tags: [x] }\n  b: { context: api, image: other, tags: ['other:2', 'third:1'], publish_tags: [y] }\n");

        Assert.That(graph.Images.Single().Publications.Select(publication => $"{publication.Name.Value.Familiar} {publication.Templates.Single()}"), Is.EqualTo(new[] { "a x", "other y", "third:1 y" }));
    }
}
