using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>Makes the paths of <c>overlay:</c> what a context needs: places inside it, and existing files or directories of the repository.</summary>
internal sealed class OverlayPaths(ReadingScope scope)
{
    public IReadOnlyList<KeyValuePair<string, Located<string>>> Read(IReadOnlyList<KeyValuePair<string, Located<string>>> written)
    {
        var read = new SortedDictionary<string, Located<string>>(StringComparer.Ordinal);
        foreach (var (place, source) in written)
        {
            var clean = string.Join('/', place.Split('/').Where(part => part is not ("" or ".")));
            if (clean.Length == 0 || place[0] == '/' || clean.Split('/').Contains(".."))
            {
                Refuse(source.Span, place, "the place must lie inside the context, such as shared");
            }
            else if (read.Keys.FirstOrDefault(other => Holds(other, clean) || Holds(clean, other)) is { } other)
            {
                Refuse(source.Span, place, $"'{other}' lies over the same place");
            }
            else if (Existing(source) is { } absolute)
            {
                read.Add(clean, source with { Value = absolute });
            }
        }

        return [.. read];
    }

    /// <summary>Where a link leads: what stands in the context is the thing itself.</summary>
    private string? Existing(Located<string> source)
    {
        var absolute = scope.Paths.Absolute(source.Value);
        if (!scope.Paths.Admits(absolute, source.Span))
        {
            return null;
        }

        if (Path.Exists(absolute))
        {
            return File.ResolveLinkTarget(absolute, returnFinalTarget: true)?.FullName ?? absolute;
        }

        scope.Diagnostics.Add(Rules.OverlayMissing.At(source.Span, absolute, RepositoryPaths.NearbyPhrase(absolute)));
        return null;
    }

    private void Refuse(SourceSpan span, string place, string reason) => scope.Diagnostics.Add(Rules.InvalidValue.At(span, place, "overlay", reason));

    private static bool Holds(string outer, string inner) => inner == outer || inner.StartsWith(outer + "/", StringComparison.Ordinal);
}
