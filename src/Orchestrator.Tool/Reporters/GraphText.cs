using System.Text;
using Orchestrator.Planning;

namespace Orchestrator.Tool.Reporters;

/// <summary>A graph as text in several forms.</summary>
internal static class GraphText
{
    /// <summary>Each image with what it is built from and only after, bases first.</summary>
    public static string Tree(ResolvedGraph graph)
    {
        var text = new StringBuilder();
        foreach (var image in graph.Images)
        {
            text.Append(image.Node.DisplayName).Append('\n');
            foreach (var edge in image.Bases)
            {
                text.Append("  from ").Append(graph[edge].Node.DisplayName).Append('\n');
            }

            foreach (var use in image.Externals)
            {
                text.Append("  from ").Append(use.Source.Familiar).Append(" (external)\n");
            }

            foreach (var edge in image.After)
            {
                text.Append("  after ").Append(graph[edge].Node.DisplayName).Append('\n');
            }
        }

        foreach (var service in graph.Graph.Services)
        {
            text.Append(service.Image.Value.Familiar).Append(" (external)\n  run by ").Append(service.Name).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>https://mermaid.js.org/syntax/flowchart.html</summary>
    public static string Mermaid(ResolvedGraph graph)
    {
        var text = new StringBuilder("flowchart LR\n");
        var ids = graph.Images.Select((image, index) => (image.Name, Id: $"n{index}")).ToDictionary(pair => pair.Name, pair => pair.Id, StringComparer.Ordinal);
        foreach (var image in graph.Images)
        {
            text.Append("  ").Append(ids[image.Name]).Append("[\"").Append(image.Node.DisplayName).Append("\"]\n");
        }

        foreach (var image in graph.Images)
        {
            foreach (var edge in image.Bases)
            {
                text.Append("  ").Append(ids[edge]).Append(" --> ").Append(ids[image.Name]).Append('\n');
            }

            foreach (var edge in image.After)
            {
                text.Append("  ").Append(ids[edge]).Append(" -.-> ").Append(ids[image.Name]).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>https://graphviz.org/doc/info/lang.html</summary>
    public static string Dot(ResolvedGraph graph)
    {
        var text = new StringBuilder("digraph images {\n  rankdir=LR;\n");
        foreach (var image in graph.Images)
        {
            text.Append("  \"").Append(image.Name).Append("\" [label=\"").Append(image.Node.DisplayName).Append("\"];\n");
            foreach (var edge in image.Bases)
            {
                text.Append("  \"").Append(edge).Append("\" -> \"").Append(image.Name).Append("\";\n");
            }

            foreach (var edge in image.After)
            {
                text.Append("  \"").Append(edge).Append("\" -> \"").Append(image.Name).Append("\" [style=dashed];\n");
            }
        }

        return text.Append("}\n").ToString();
    }

    public static string Json(ResolvedGraph graph) => JsonText.Of(graph.Graph.Name, json =>
    {
        JsonText.WriteObjects(json, "images", graph.Images, image =>
        {
            json.WriteString("name", image.Name);
            JsonText.WriteTexts(json, "tags", image.Node.LocalNames.Select(name => name.Value.Familiar));
            JsonText.WriteTexts(json, "bases", image.Bases);
            JsonText.WriteTexts(json, "after", image.After);
            JsonText.WriteTexts(json, "externals", image.Externals.Select(use => use.Source.Familiar));
        });
        JsonText.WriteObjects(json, "services", graph.Graph.Services, service =>
        {
            json.WriteString("name", service.Name);
            json.WriteString("image", service.Image.Value.Familiar);
        });
    });
}
