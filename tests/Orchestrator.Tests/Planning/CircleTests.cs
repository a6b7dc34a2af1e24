using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Tests.Graph;

namespace Orchestrator.Tests.Planning;

/// <summary>Images that are built on each other.</summary>
internal sealed class CircleTests : GraphFixture
{
    [TestCase("a b c")]
    [TestCase("c b a")]
    [TestCase("b c a")]
    public void Bases_in_a_circle_are_told_as_one_whoever_else_is_built_on_them(string order)
    {
        Write("a/Dockerfile", "FROM b\n");
        Write("b/Dockerfile", "FROM a\n");
        Write("c/Dockerfile", "FROM a\n");
        var graph = Valid("images:\n" + string.Concat(order.Split(' ').Select(name => $"  {name}: {name}\n")));
        var diagnostics = new DiagnosticBag();

        Assert.That(LoadedGraph.Load(graph, "linux/amd64", diagnostics), Is.Null);
        Assert.That(diagnostics.Items.Select(item => item.Code), Is.EqualTo(new[] { "ORC3001" }));
    }

    [Test]
    public void Many_ways_to_one_base_are_gone_once()
    {
        const int Layers = 40;
        Write("l0/Dockerfile", "FROM debian\nENV A=1\n");
        for (var layer = 1; layer < Layers; layer++)
        {
            Write($"l{layer}/Dockerfile", $"FROM l{layer - 1} AS x\nFROM l{layer - 1}\nCOPY --from=x /a /a\nCOPY $A /\n");
        }

        var graph = Valid("images:\n" + string.Concat(Enumerable.Range(0, Layers).Select(layer => $"  l{layer}: l{layer}\n")));

        Assert.That(LoadedGraph.Read(graph, "linux/amd64", new Dictionary<string, string>(), new DiagnosticBag())!.Graph.Images, Has.Count.EqualTo(Layers));
    }
}
