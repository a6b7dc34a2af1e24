using Orchestrator.Diagnostics;
using Orchestrator.Graph.Reading;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>
/// Files laid over each other as one tree. Each document goes the same way, in Compose's order: variables put in, keys checked,
/// <c>include</c> brought in, <c>extends</c> resolved, <c>!reset</c> applied to what lies below, laid on top. Knows no project and no image.
/// </summary>
internal sealed class ComposeModel
{
    private const int MaximumFiles = 2_000;

    private readonly ComposeDocuments _documents;
    private readonly RepositoryPaths _paths;
    private readonly DiagnosticBag _diagnostics;
    private readonly ComposeMerge _merge;
    private readonly ComposeExtends _extends;
    private readonly ComposeInclude _include;
    private int _files;

    public ComposeModel(ComposeDocuments documents, RepositoryPaths paths, DiagnosticBag diagnostics)
    {
        _documents = documents;
        _paths = paths;
        _diagnostics = diagnostics;
        _merge = new ComposeMerge(diagnostics);
        _extends = new ComposeExtends(this, paths, _merge, diagnostics);
        _include = new ComposeInclude(this, paths, _merge, diagnostics);
    }

    /// <param name="files">Absolute; later ones lie over earlier ones.</param>
    /// <param name="layer">How they are read; its file does not count.</param>
    public YamlMapping Read(IReadOnlyList<Located<string>> files, ComposeLayer layer)
    {
        var model = new YamlMapping(SourceSpan.None, []);
        foreach (var file in files)
        {
            foreach (var (document, resets) in Documents(file.Value, file.Span, layer.Variables))
            {
                var own = layer with { File = file.Value };
                var whole = _include.Apply(document, own, resets);
                model = _merge.Models(resets.Apply(model), _extends.Apply(whole, own, resets));
                CheckBuilds(model);
            }
        }

        return new ComposePaths(_paths, layer.Directory).Complete(model);
    }

    /// <summary>A build without a value leaves what it lies over; there must be something.</summary>
    private void CheckBuilds(YamlMapping model)
    {
        foreach (var service in (model.Find("services")?.Value as YamlMapping)?.Entries ?? [])
        {
            if (service.Value is YamlMapping mapping && mapping.Find("build") is { Value: YamlScalar { IsNull: true } nothing } build)
            {
                _diagnostics.Add(Rules.WrongType.At(build.Key.Span, "build", "a text or a mapping", nothing.Kind));
            }
        }
    }

    /// <summary>A file's documents, ready to be laid over each other.</summary>
    /// <param name="ofService">Where the mistakes of each service go; null is where all others go.</param>
    public IEnumerable<(YamlMapping Document, ComposeResets Resets)> Documents(
        string file, SourceSpan place, IReadOnlyDictionary<string, string> variables, Func<string, DiagnosticBag>? ofService = null)
    {
        if (++_files > MaximumFiles)
        {
            _diagnostics.Add(Rules.ComposeTooMuch.At(place, $"{MaximumFiles} readings of files"));
            yield break;
        }

        var shape = new ComposeShape(_diagnostics, ofService);
        foreach (var document in _documents.Read(file, place))
        {
            yield return ComposeResets.Take(shape.Check(ComposeVariables.Expand(document, variables, _diagnostics)));
        }
    }
}
