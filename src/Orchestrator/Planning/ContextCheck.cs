using Orchestrator.BuildKit.FileSync;
using Orchestrator.Contexts;
using Orchestrator.Diagnostics;

namespace Orchestrator.Planning;

/// <summary>Finds what would fail in the contexts of a graph without building it: what cannot be read, and sources that are not there.</summary>
internal sealed class ContextCheck(ImageContexts contexts, DiagnosticBag diagnostics)
{
    public void Check(ResolvedGraph graph, CancellationToken cancellationToken)
    {
        foreach (var image in graph.Images)
        {
            try
            {
                CheckSources(image, contexts.Main(image, cancellationToken));
                contexts.Named(image, cancellationToken);
            }
            catch (Exception exception) when (exception is SyncTreeException or FormatException or IOException or UnauthorizedAccessException)
            {
                diagnostics.Add(Rules.ContextUnreadable.At(image.Node.Build.Context.Span, image.Node.DisplayName, exception.Message + "."));
            }
        }
    }

    private void CheckSources(ResolvedImage image, ContextSnapshot snapshot)
    {
        foreach (var source in image.Closure.CertainSources)
        {
            var path = PathText.CleanBelowRoot(source.Value);
            if (path.Length > 0 && !PathText.HasWildcard(source.Value) && !snapshot.Entries.Any(entry => Leads(entry.Entry, path)))
            {
                diagnostics.Add(Rules.SourceMissing.At(source.Span, source.Value, image.Node.Build.Context.Value, Hint(image, path)));
            }
        }
    }

    /// <summary>An entry that is what is meant, or below it, or a link on the way to it, behind which nobody looks here.</summary>
    private static bool Leads(SyncEntry entry, string path) =>
        entry.Path == path || entry.Path.StartsWith(path + "/", StringComparison.Ordinal)
        || (entry.LinkTarget is { Length: > 0 } && path.StartsWith(entry.Path + "/", StringComparison.Ordinal));

    private static string Hint(ResolvedImage image, string path) => Spelling(image.Node.Build.Context.Value, path) switch
    {
        null => "",
        var there when there == path => " It exists, but .dockerignore leaves it out.",
        var there => $" There is '{there}': an image tells upper from lower case, whatever the file system does.",
    };

    /// <summary>How a path is written on disk, where case may count or not; null when there is nothing of that name in any case.</summary>
    private static string? Spelling(string context, string path)
    {
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.None, MatchCasing = MatchCasing.CaseInsensitive };
        var found = "";
        foreach (var part in path.Split('/'))
        {
            var names = Directory.Exists(Path.Join(context, found)) ? Directory.EnumerateFileSystemEntries(Path.Join(context, found), "*", options).Select(entry => Path.GetFileName(entry)) : [];
            var alike = names.Where(name => string.Equals(name, part, StringComparison.OrdinalIgnoreCase)).ToList();
            if (alike.Count == 0)
            {
                return null;
            }

            found = PathText.Join(found, alike.Contains(part, StringComparer.Ordinal) ? part : alike[0]);
        }

        return found;
    }
}
