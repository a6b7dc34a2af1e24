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
    public static void Check(ResolvedGraph graph, DiagnosticBag diagnostics) => diagnostics.AddRange(Of(graph).Select(source => source.ToDiagnostic(graph.Graph)));

    public static IEnumerable<EscapingSource> Of(ResolvedGraph graph)
    {
        foreach (var image in graph.Images)
        {
            foreach (var source in image.Closure.CertainSources)
            {
                if (Leaves(source.Value) && PathText.CleanBelowRoot(source.Value) is { Length: > 0 } inside && !PathText.HasWildcard(inside) && !IsThere(image.Node.Build, inside))
                {
                    yield return new EscapingSource(image, source, inside, Find(image.Node.Build.Context.Value, graph.Graph.Root, source.Value, inside));
                }
            }
        }
    }

    /// <summary>Whether a source leaves the context and what is inside is not meant.</summary>
    /// <param name="inside">The clean path in the context, or what of it has to be there.</param>
    public static bool Escapes(BuildDefinition build, string source, string inside) => Leaves(source) && !IsThere(build, inside);

    private static bool Leaves(string source) => PathText.Clean(source.TrimStart('/')).Split('/')[0] == "..";

    private static bool IsThere(BuildDefinition build, string path) =>
        Path.Exists(Path.Join(build.Context.Value, path))
        || build.Overlay.Any(overlay => overlay.Key.StartsWith(path + "/", StringComparison.Ordinal)
            || ((path + "/").StartsWith(overlay.Key + "/", StringComparison.Ordinal) && Path.Exists(overlay.Value.Value + path[overlay.Key.Length..])));

    /// <summary>What was meant: the path as written, seen from the context or the nearest folder above it, no further than the repository.</summary>
    public static string? Find(string context, string root, string written, string inside)
    {
        var direct = Path.TrimEndingDirectorySeparator(Path.GetFullPath(written, context));
        if (Path.Exists(direct) && direct.Replace(Path.DirectorySeparatorChar, '/').EndsWith("/" + inside, StringComparison.Ordinal))
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
}
