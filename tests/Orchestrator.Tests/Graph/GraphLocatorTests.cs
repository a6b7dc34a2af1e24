using Orchestrator.Graph;

namespace Orchestrator.Tests.Graph;

internal sealed class GraphLocatorTests : GraphFixture
{
    [TestCase("images.yml")]
    [TestCase("images.yaml")]
    public void The_nearest_graph_file_upward_is_found(string name)
    {
        var file = Write(name);
        var below = Directory.CreateDirectory(Path.Combine(Root, "a/b")).FullName;
        Assert.That(GraphLocator.Find(below, Environment)!.Files, Is.EqualTo(new[] { file }));
    }

    [Test]
    public void The_search_ends_at_the_git_top_level()
    {
        Write("images.yml");
        var inner = Directory.CreateDirectory(Path.Combine(Root, "inner")).FullName;
        Write("inner/.git", "gitdir: elsewhere\n");
        Assert.That(GraphLocator.Find(inner, Environment), Is.Null);
    }
}
