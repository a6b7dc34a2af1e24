using Orchestrator.Publishing;

namespace Orchestrator.Tests.Graph;

/// <summary><c>cache.registry</c>, and the repositories for key tags that come of it.</summary>
internal sealed class GraphMemoryTests : GraphFixture
{
    [TestCase("registry: ghcr.io/acme", null, "ghcr.io/acme/api")]
    [TestCase("registry: ghcr.io/acme\ncache: { registry: true }", true, "ghcr.io/acme/api")]
    [TestCase("registry: ghcr.io/acme\ncache: { registry: false }", false, "ghcr.io/acme/api")]
    [TestCase("registry: ghcr.io/acme\ncache: { registry: ghcr.io/acme/cache/ }", true, "ghcr.io/acme/cache/api")]
    [TestCase("name: shop", null, null)]
    public void A_graph_says_where_key_tags_are(string top, bool? isOn, string? home)
    {
        Write("api/Dockerfile");

        var graph = Valid($"{top}\nimages:\n  api: api\n");

        Assert.That(graph.Memory.IsOn, Is.EqualTo(isOn));
        Assert.That(KeyHome.Of(graph, graph.Images[0])?.ToString(), Is.EqualTo(home));
    }

    [TestCase("cache: { registry: true }", "ORC1024(1,20)")]
    [TestCase("cache: { registry: 'No Registry' }", "ORC1024(1,20)")]
    [TestCase("cache: { registri: true }", "ORC1020(1,10)")]
    [TestCase("cache: true", "ORC1023(1,8)")]
    public void What_cannot_be_is_said(string top, string expected)
    {
        Write("api/Dockerfile");

        Assert.That(Findings($"{top}\nimages:\n  api: api\n").Select(finding => finding.Split(' ')[0]), Is.EqualTo(new[] { expected }));
    }
}
