using System.Text.RegularExpressions;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Fixing;

/// <summary>A build whose context becomes a folder above it, and what that means for a source.</summary>
/// <param name="Root">The repository.</param>
/// <param name="To">Absolute; holds the old context.</param>
internal sealed partial record ContextMove(BuildDefinition Build, string Root, string To)
{
    public string From => Build.Context.Value;

    /// <summary>The old context as the new one sees it.</summary>
    public string Prefix => PathText.Relative(To, From);

    /// <summary>Whether a path can stand in front of others as it is, in a Dockerfile or an ignore file.</summary>
    public static bool IsPlain(string path) => Plain().IsMatch(path);

    /// <summary>The nearest folder that holds a context and what its sources mean.</summary>
    public static string CommonFolder(string context, IEnumerable<string> sources)
    {
        var common = context;
        foreach (var folder in sources.Select(source => Path.GetDirectoryName(source)!))
        {
            while (!IsIn(folder, common))
            {
                common = Path.GetDirectoryName(common)!;
            }
        }

        return common;
    }

    /// <summary>Where a source leads today, or was meant to: an absolute folder and the clean path in it; null when that cannot be told.</summary>
    /// <param name="source">With variables expanded.</param>
    public (string Folder, string Path)? Meant(string source)
    {
        var inside = PathText.CleanBelowRoot(source);
        var wildcard = PathText.FirstWildcard(inside);
        var certain = wildcard < 0 ? inside : PathText.Parent(inside[..wildcard]);
        if (certain.Length == 0 ? !PathText.Clean(source.TrimStart('/')).StartsWith("..", StringComparison.Ordinal) : !ContextEscapes.Escapes(Build, source, certain))
        {
            return (From, inside);
        }

        return certain.Length > 0 && ContextEscapes.Find(From, Root, source, certain) is { } real && IsIn(real, Root) ? (real[..^(certain.Length + 1)], inside) : null;
    }

    /// <summary>Whether a link on the way is one that BuildKit follows from the top of the context, or that goes above it: it would lead elsewhere in a larger one.</summary>
    public bool FollowsLinkFromTop(string source)
    {
        var folder = From;
        foreach (var part in PathText.CleanBelowRoot(source).Split('/'))
        {
            var next = Path.Join(folder, part);
            if (new FileInfo(next).LinkTarget is { } target && (Path.IsPathRooted(target) || !IsIn(Path.GetFullPath(target, folder), From)))
            {
                return true;
            }

            folder = next;
        }

        return false;
    }

    /// <summary>A folder as the new context sees it; empty is the context itself.</summary>
    public string Below(string folder) => PathText.Relative(To, folder) is var path && path == "." ? "" : path;

    public static bool IsIn(string path, string folder) => path == folder || path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    [GeneratedRegex(@"\A[\p{L}\p{N}._/+~-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
