using System.Text;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.Diagnostics;

namespace Orchestrator.Planning;

/// <summary>
/// An ignore file as the builder finds it, which is sent a folder and has nothing beside it: links are followed within the folder, whose root is <c>/</c>, and one that
/// leads out of it is no ignore file.
/// </summary>
internal static class IgnoreFileReader
{
    /// <summary>As many as the builder follows.</summary>
    private const int MostLinks = 255;

    public const string Name = ".dockerignore";

    /// <summary>The text, or null where there is no such file.</summary>
    /// <param name="file">Absolute.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string? Read(string file) => Find(file) is { } found ? File.ReadAllText(found, Encoding.UTF8) : null;

    /// <summary>Warns of a link that ignores nothing, though there may be a file where it leads.</summary>
    public static void Check(string file, DiagnosticBag diagnostics)
    {
        if (new FileInfo(file).LinkTarget is { } target && Find(file) is null)
        {
            diagnostics.Add(Rules.IgnoreFileElsewhere.At(new SourceSpan(file), target));
        }
    }

    private static string? Find(string file)
    {
        var root = Path.GetDirectoryName(file)!;
        var path = Path.GetFileName(file);
        for (var links = 0; FirstLink(root, path) is var (link, target); links++)
        {
            if (links == MostLinks)
            {
                return null;
            }

            path = PathText.CleanBelowRoot($"{(target.StartsWith('/') ? "" : PathText.Parent(link))}/{target}{path[link.Length..]}");
        }

        var found = Path.Join(root, path);
        return File.Exists(found) ? found : null;
    }

    /// <summary>The shortest beginning of a path that is a link, and where it leads.</summary>
    private static (string Link, string Target)? FirstLink(string root, string path)
    {
        for (var end = 0; end < path.Length; end++)
        {
            end = path.IndexOf('/', end) is var slash and >= 0 ? slash : path.Length;
            if (new FileInfo(Path.Join(root, path[..end])).LinkTarget is { } target)
            {
                return (path[..end], target.Replace(Path.DirectorySeparatorChar, '/'));
            }
        }

        return null;
    }
}
