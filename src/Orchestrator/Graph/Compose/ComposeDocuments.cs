using Orchestrator.Diagnostics;
using Orchestrator.Graph.Reading;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>The Compose files of one reading, each parsed once. A file may hold several documents, which lie over each other.</summary>
/// <param name="texts">What files would hold, by absolute path; all others are read from disk.</param>
internal sealed class ComposeDocuments(RepositoryPaths paths, IReadOnlyDictionary<string, string> texts, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, IReadOnlyList<YamlMapping>> _read = new(StringComparer.Ordinal);
    private readonly List<string> _files = [];

    /// <summary>Absolute, in the order in which they were first read.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <param name="file">Absolute.</param>
    /// <param name="place">Where the file is named; its own place when nothing names it.</param>
    /// <param name="mayBeEmpty">It lies over others, or others over it.</param>
    /// <returns>Nothing when a diagnostic was added.</returns>
    public IReadOnlyList<YamlMapping> Read(string file, SourceSpan place, bool mayBeEmpty = false)
    {
        if (!_read.TryGetValue(file, out var documents))
        {
            documents = paths.Admits(file, place) ? Parse(file, place, mayBeEmpty) : [];
            _read.Add(file, documents);
        }

        return documents;
    }

    private IReadOnlyList<YamlMapping> Parse(string file, SourceSpan place, bool mayBeEmpty)
    {
        if (place.File != file && !File.Exists(file))
        {
            diagnostics.Add(Rules.IncludedFileUnreadable.At(place, file, Directory.Exists(file) ? "it is a directory." : "it does not exist." + RepositoryPaths.NearbyPhrase(file)));
            return [];
        }

        _files.Add(file);
        if ((texts.GetValueOrDefault(file) ?? YamlText.Read(file, diagnostics)) is not { } text || YamlReader.ReadCompose(file, text, diagnostics) is not { } roots)
        {
            return [];
        }

        if (roots.Count == 0 || roots is [YamlScalar { IsNull: true }])
        {
            if (!mayBeEmpty)
            {
                diagnostics.Add(Rules.GraphFileEmpty.At(new SourceSpan(file, 1, 1)));
            }

            return [];
        }

        foreach (var root in roots.Where(root => root is not YamlMapping))
        {
            diagnostics.Add(Rules.WrongType.At(root.Span, Path.GetFileName(file), "a mapping", root.Kind));
        }

        return [.. roots.OfType<YamlMapping>()];
    }
}
