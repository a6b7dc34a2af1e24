using Orchestrator.Changes;
using Orchestrator.Planning;

namespace Orchestrator.Tool.Drawing;

/// <summary>A graph as a picture by itself: SVG, readable in light and dark.</summary>
internal static class GraphPicture
{
    public static string Svg(ResolvedGraph graph)
    {
        var images = BuildWave.Of(graph.Images).Index()
            .SelectMany(wave => wave.Item.Select(image => new DrawnImage(image.Name, image.Node.DisplayName, wave.Index, image.Needs)))
            .ToDictionary(image => image.Name, StringComparer.Ordinal);
        var markup = new Markup();
        new GraphDrawing([.. graph.Images.Select(image => images[image.Name])]).Write(
            markup, $"The images of {graph.Graph.Name}", string.Join(" ", graph.Images.Select(image => Sentence(image, images))), EmbeddedText.Read("graph.css"));
        return markup.ToString();
    }

    private static string Sentence(ResolvedImage image, Dictionary<string, DrawnImage> images) =>
        images[image.Name].Bases is { Count: > 0 } bases ? $"{image.Node.DisplayName} comes after {string.Join(", ", bases.Select(name => images[name].Label))}." : $"{image.Node.DisplayName} stands first.";
}
