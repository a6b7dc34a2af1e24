using Orchestrator.Diagnostics;

namespace Orchestrator.Planning;

/// <summary>
/// Sorts images so that what an image needs comes before it; equal candidates keep the order of the file. A circle is
/// reported as the path that a person can follow, each step with the place that makes it.
/// </summary>
internal static class DependencyOrder
{
    public static IReadOnlyList<ResolvedImage>? Sort(IReadOnlyList<ResolvedImage> images, DiagnosticBag diagnostics)
    {
        var byName = images.ToDictionary(image => image.Name, StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var sorted = new List<ResolvedImage>(images.Count);
        foreach (var image in images)
        {
            Visit(image, byName, done, sorted, diagnostics);
        }

        return diagnostics.HasErrors ? null : sorted;
    }

    /// <summary>Depth first with a stack of its own: graphs may be deeper than the thread's stack.</summary>
    private static void Visit(
        ResolvedImage root, Dictionary<string, ResolvedImage> byName, HashSet<string> done, List<ResolvedImage> sorted, DiagnosticBag diagnostics)
    {
        var path = new List<(ResolvedImage Image, int Next)>();
        var onPath = new HashSet<string>(StringComparer.Ordinal);
        Push(root);
        while (path.Count > 0)
        {
            var (image, next) = path[^1];
            if (next == image.Edges.Count)
            {
                path.RemoveAt(path.Count - 1);
                onPath.Remove(image.Name);
                if (done.Add(image.Name))
                {
                    sorted.Add(image);
                }

                continue;
            }

            path[^1] = (image, next + 1);
            var edge = image.Edges[next];
            if (onPath.Contains(edge.To))
            {
                Report(path, edge, diagnostics);
            }
            else if (!done.Contains(edge.To))
            {
                Push(byName[edge.To]);
            }
        }

        void Push(ResolvedImage image)
        {
            if (!done.Contains(image.Name))
            {
                path.Add((image, 0));
                onPath.Add(image.Name);
            }
        }
    }

    private static void Report(List<(ResolvedImage Image, int Next)> path, Edge closing, DiagnosticBag diagnostics)
    {
        var first = path.FindIndex(step => step.Image.Name == closing.To);
        var steps = path.Skip(first).Select(step => (step.Image.Name, Edge: step.Image.Edges[step.Next - 1])).ToList();
        var names = string.Join(" -> ", steps.Select(step => step.Name).Append(closing.To));
        var places = string.Concat(steps.Select(step => $"\n  {step.Name} needs {step.Edge.To}: {step.Edge.Span}"));
        diagnostics.Add(Rules.Cycle.At(steps[0].Edge.Span, names + places));
    }
}
