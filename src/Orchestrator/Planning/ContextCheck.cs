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

    private static string Hint(ResolvedImage image, string path) =>
        Path.Exists(Path.Join(image.Node.Build.Context.Value, path)) ? " It exists, but .dockerignore leaves it out." : "";
}
