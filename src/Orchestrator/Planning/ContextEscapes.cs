using Orchestrator.BuildKit.FileSync;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>
/// Sources such as <c>../shared</c>. BuildKit lets no path leave the context: it drops the leading <c>..</c> and looks for <c>shared</c> inside. Where
/// that is not there, the build can only fail, and it would fail with a checksum that cannot be calculated.
/// </summary>
internal static class ContextEscapes
{
    public static void Check(ResolvedGraph graph, DiagnosticBag diagnostics)
    {
        foreach (var image in graph.Images)
        {
            foreach (var source in image.Closure.CertainSources)
            {
                if (Leaves(source.Value) && PathText.CleanBelowRoot(source.Value) is { Length: > 0 } inside && !PathText.HasWildcard(inside) && !IsThere(image.Node.Build, inside))
                {
                    diagnostics.Add(Finding(graph.Graph, image, source, inside));
                }
            }
        }
    }

    private static bool Leaves(string source) => PathText.Clean(source.TrimStart('/')).Split('/')[0] == "..";

    private static bool IsThere(BuildDefinition build, string path) =>
        Path.Exists(Path.Join(build.Context.Value, path))
        || build.Overlay.Any(overlay => overlay.Key.StartsWith(path + "/", StringComparison.Ordinal)
            || ((path + "/").StartsWith(overlay.Key + "/", StringComparison.Ordinal) && Path.Exists(overlay.Value.Value + path[overlay.Key.Length..])));

    private static Diagnostic Finding(ImageGraph graph, ResolvedImage image, Located<string> source, string inside)
    {
        var context = image.Node.Build.Context.Value;
        if (Find(context, graph.Root, source.Value, inside) is not { } real)
        {
            return Rules.SourceLeavesContextUnknown.At(source.Span, source.Value, context, inside);
        }

        var file = Path.GetDirectoryName(graph.File)!;
        var path = Slashes(Path.GetRelativePath(file, real));
        var top = inside.Split('/')[0];
        var shared = Slashes(Path.GetRelativePath(file, real[..^inside.Length] + top));
        var below = Path.GetDirectoryName(real[..^inside.Length] + top)!;
        var dockerfile = Slashes(Path.GetRelativePath(below, image.Node.Build.Dockerfile.Value));
        return Rules.SourceLeavesContext.At(source.Span, source.Value, context, inside, path, image.Node.Name, top, shared, Slashes(Path.GetRelativePath(file, below)), dockerfile);
    }

    /// <summary>What was meant: the path as written, seen from the context or the nearest folder above it, no further than the repository.</summary>
    private static string? Find(string context, string root, string written, string inside)
    {
        var direct = Path.TrimEndingDirectorySeparator(Path.GetFullPath(written, context));
        if (Path.Exists(direct) && direct.EndsWith("/" + inside, StringComparison.Ordinal))
        {
            return direct;
        }

        for (var folder = context; folder is not null && folder != root; folder = Path.GetDirectoryName(folder))
        {
            var candidate = Path.Join(Path.GetDirectoryName(folder), inside);
            if (Path.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private static string Slashes(string path) => path.Replace('\\', '/');
}
