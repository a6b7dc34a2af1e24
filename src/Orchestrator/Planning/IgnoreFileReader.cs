using System.Text;
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
        if (new FileInfo(file).LinkTarget is null)
        {
            return File.Exists(file) ? file : null;
        }

        var (root, current, links) = (Path.GetDirectoryName(file)!, Path.GetDirectoryName(file)!, 0);
        var left = new Stack<string>([Path.GetFileName(file)]);
        while (left.TryPop(out var name))
        {
            if (name == "..")
            {
                current = current == root ? root : Path.GetDirectoryName(current)!;
            }
            else if (new FileInfo(Path.Join(current, name)).LinkTarget is not { } target)
            {
                current = Path.Join(current, name);
            }
            else if (++links > MostLinks)
            {
                return null;
            }
            else
            {
                current = Path.IsPathRooted(target) ? root : current;
                foreach (var part in target.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").Reverse())
                {
                    left.Push(part);
                }
            }
        }

        return File.Exists(current) ? current : null;
    }
}
