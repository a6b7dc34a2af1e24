using Orchestrator.Diagnostics;

namespace Orchestrator.Tests.Graph;

/// <summary>What Compose builds is built: keys of services that ask for nothing special, and names that cannot be used.</summary>
internal sealed class ComposeServiceTests : GraphFixture
{
    [SetUp]
    public void WriteRepository() => Write("Dockerfile");

    [TestCase("privileged: false")]
    [TestCase("isolation: default")]
    [TestCase("dockerfile: '', dockerfile_inline: 'FROM scratch'")]
    [TestCase("secrets: [token]")]
    public void What_asks_for_nothing_that_is_not_done_anyway_is_no_mistake(string keys) =>
        Assert.That(Text($"services:\n  api: {{ build: {{ context: ., {keys} }} }}\nsecrets:\n  token: {{ name: other, environment: TOKEN }}\n").Findings, Is.Empty);

    [TestCase("privileged: true", "Error ORC1021(2,31) 'privileged' is not supported yet.")]
    [TestCase("isolation: hyperv", "Error ORC1021(2,31) 'isolation' is not supported yet.")]
    public void What_asks_for_more_is(string key, string finding) =>
        Assert.That(Text($"services:\n  api: {{ build: {{ context: ., {key} }} }}\n").Findings, Is.EqualTo(new[] { finding }));

    [Test]
    public void One_text_may_name_several_platforms() =>
        Assert.That(Text("services:\n  api: { build: { context: ., platforms: ['linux/amd64,linux/arm64', linux/arm64] } }\n").Graph!.Images[0].Build.Platforms.Select(platform => platform.Value),
            Is.EqualTo(new[] { "linux/amd64", "linux/arm64" }));

    [Test]
    public void A_name_that_cannot_be_used_stops_nothing_where_nothing_is_built()
    {
        var (graph, findings) = Text("services:\n  db: { image: '${DB_REGISTRY:-}/db:' }\n  cache: { image: redis }\n  api: { build: . }\n");

        Assert.That(findings, Is.EqualTo(new[] { "Warning ORC1090(2,16) '/db:', which db runs and nothing in this graph builds, is not an image reference; the service is left out." }));
        Assert.That(graph!.Services.Select(service => service.Name), Is.EqualTo(new[] { "cache" }));
    }

    [TestCase("", "", "linux/arm64")]
    [TestCase("platforms: [linux/s390x]", "", "linux/s390x")]
    [TestCase("platforms: [linux/s390x]", ", platform: linux/amd64", "linux/amd64")]
    public void Docker_s_default_platform_gives_way_to_what_the_graph_says(string defaults, string service, string platform)
    {
        Environment["DOCKER_DEFAULT_PLATFORM"] = "linux/arm64";
        Write("compose.yaml", $"services:\n  api: {{ build: .{service} }}\n");

        var graph = Valid($"compose: compose.yaml\ndefaults: {{ {defaults} }}\n");

        Assert.That(graph.Images[0].Build.Platforms.Select(written => written.Value), Is.EqualTo(new[] { platform }));
    }

    [TestCase("", "old/dockerfile")]
    [TestCase(", dockerfile: ../new/Dockerfile", "new/Dockerfile")]
    [TestCase(", dockerfile: ../sub/Dockerfile", "sub/dockerfile")]
    public void A_dockerfile_in_small_letters_is_taken_where_there_is_no_other(string dockerfile, string expected)
    {
        Write("old/dockerfile");
        Write("sub/dockerfile");
        Write("new/dockerfile");
        Write("new/Dockerfile");

        Assert.That(Valid($"images:\n  api: {{ context: old{dockerfile} }}\n").Images[0].Build.Dockerfile.Value, Is.EqualTo(Path.Combine(Root, expected)));
    }

    private (Orchestrator.Graph.ImageGraph? Graph, IReadOnlyList<string> Findings) Text(string yaml)
    {
        var (graph, diagnostics) = ReadFile(Write("compose.yaml", yaml));
        return (graph, [.. diagnostics.Where(item => item.Severity != Severity.Message).Select(item => $"{item.Severity} {item.Code}({item.Span.Line},{item.Span.Column}) {item.Message}")]);
    }
}
