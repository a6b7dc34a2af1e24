using Orchestrator.Diagnostics;
using Orchestrator.Graph.Reading;
using Orchestrator.Graph.Variables;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>Brings in what <c>include</c> names: other projects' files, each with its own directory and variables.</summary>
internal sealed class ComposeInclude(ComposeModel model, RepositoryPaths paths, ComposeMerge merge, DiagnosticBag diagnostics)
{
    /// <summary>The document with the services and secrets of the files that it includes.</summary>
    public YamlMapping Apply(YamlMapping document, ComposeLayer layer, ComposeResets resets)
    {
        if (document.Find("include") is not { } include)
        {
            return document;
        }

        var rest = document.With("include", _ => null);
        if (include.Value is not YamlSequence list)
        {
            diagnostics.Add(Rules.WrongType.At(include.Value.Span, "include", "a list", include.Value.Kind));
            return rest;
        }

        foreach (var item in list.Items)
        {
            if (IncludeItem.Read(item, diagnostics) is { } entry && Read(entry, layer) is { } imported)
            {
                rest = Import(Import(rest, imported, "services", resets), imported, "secrets", resets);
            }
        }

        return rest;
    }

    private YamlMapping? Read(IncludeItem item, ComposeLayer layer)
    {
        var files = item.Files.Select(file => file with { Value = paths.Absolute(file.Value, layer.Directory) }).ToList();
        var main = files[0];
        IReadOnlyList<string> including = [.. layer.Including, layer.File];
        var start = including.ToList().IndexOf(main.Value);
        if (start >= 0)
        {
            diagnostics.Add(Rules.IncludeCycle.At(main.Span, string.Join(", ", including.Skip(start).Append(main.Value).Select(file => Path.GetRelativePath(layer.Directory, file)))));
            return null;
        }

        var directory = item.ProjectDirectory is { } named ? paths.Absolute(named.Value, layer.Directory) : Path.GetDirectoryName(main.Value)!;
        var variables = new VariableFiles(paths with { Directory = directory }, layer.Variables, diagnostics)
            .Read(item.EnvFiles?.Where(file => file.Value != "/dev/null").Select(file => file with { Value = paths.Absolute(file.Value, layer.Directory) }));
        return model.Read(files, new ComposeLayer(main.Value, directory, variables, including));
    }

    /// <summary>
    /// What the document has too lies over what is imported, as Compose 5 has it; one that says the same stays as it is. Older versions refuse what differs.
    /// </summary>
    private YamlMapping Import(YamlMapping document, YamlMapping imported, string section, ComposeResets resets)
    {
        if (imported.Find(section) is not { Value: YamlMapping brought } entry)
        {
            return document;
        }

        var own = document.Find(section)?.Value as YamlMapping ?? new YamlMapping(entry.Value.Span, []);
        var known = own.Entries.ToDictionary(item => item.Key.Value, StringComparer.Ordinal);
        var others = brought.Entries.Where(item => !known.TryGetValue(item.Key.Value, out var same) || !ComposeForms.Same(item.Value, same.Value)).ToLookup(item => known.ContainsKey(item.Key.Value));
        foreach (var item in Laid(others[true], own))
        {
            known[item.Key.Value] = item;
        }

        return document.With(section, _ => own with { Entries = [.. own.Entries.Select(item => known[item.Key.Value]), .. others[false]] });

        IReadOnlyList<YamlEntry> Laid(IEnumerable<YamlEntry> below, YamlMapping above) =>
            ((YamlMapping)merge.Models(resets.Apply(Section([.. below])), Section(above.Entries)).Find(section)!.Value).Entries;

        YamlMapping Section(IReadOnlyList<YamlEntry> entries) => new(entry.Value.Span, [new YamlEntry(entry.Key, brought with { Entries = entries })]);
    }
}
