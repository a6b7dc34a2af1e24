using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Tool;

/// <summary>The images that a user named on the command line, by any of their names; none named means all.</summary>
internal static class WantedImages
{
    /// <summary>Whether an image is among those that are wanted.</summary>
    public static bool Include(IReadOnlyList<string> names, ImageNode node) => names.Count == 0 || AreNamed(names, node);

    /// <summary>Whether one of the names stands for the image.</summary>
    public static bool AreNamed(IReadOnlyList<string> names, ImageNode node) => names.Any(name => Means(name, node));

    /// <summary>Reports the names that stand for no image.</summary>
    /// <returns>Whether all of them stand for one.</returns>
    public static bool AreKnown(IReadOnlyList<string> names, IReadOnlyList<ImageNode> nodes, DiagnosticBag diagnostics)
    {
        var unknown = names.Where(name => !nodes.Any(node => Means(name, node))).ToList();
        foreach (var name in unknown)
        {
            var known = nodes.SelectMany(node => node.LocalNames.Select(local => local.Value.Familiar).Prepend(node.Name));
            diagnostics.Add(Rules.NoSuchImage.Anywhere(name, DidYouMean.Phrase(name, known)));
        }

        return unknown.Count == 0;
    }

    /// <summary>By key, by an alias, by a local name; <c>app</c> also means every target of <c>app</c>.</summary>
    private static bool Means(string name, ImageNode node) =>
        node.Name == name || node.Aliases.Contains(name) || node.Name.StartsWith(name + "/", StringComparison.Ordinal)
        || (ImageReference.TryParse(name, out var reference) && node.LocalNames.Any(local => local.Value == reference));
}
