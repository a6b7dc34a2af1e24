using Orchestrator.BuildKit.FileSync;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Graph.Reading;
using Orchestrator.Graph.Yaml;
using Orchestrator.Planning;

namespace Orchestrator.Fixing;

/// <summary>Lays what Dockerfiles reach for outside their contexts into them, by <c>overlay</c> in the graph file. No Dockerfile and no Compose file changes.</summary>
/// <param name="composeFiles">Those of the project, absolute, where the graph is one, else empty; they are what a new graph file names.</param>
internal sealed class OverlayFix(ImageGraph graph, IReadOnlyList<string> composeFiles, FileDrafts drafts, DiagnosticBag diagnostics)
{
    private const string NewFile = "images.yml";

    private readonly Dictionary<string, OverlayEdit> _editors = new(StringComparer.Ordinal);

    private string Folder => Path.GetDirectoryName(graph.File)!;

    /// <returns>The names of the images that will be whole.</returns>
    public IReadOnlyList<string> Propose(IEnumerable<EscapingSource> sources)
    {
        var places = new OverlayPlaces(graph, diagnostics);
        var wanted = sources.GroupBy(source => source.Image.Name, StringComparer.Ordinal)
            .Select(group => (group.First().Image.Node, Places: places.Of(group))).Where(item => item.Places.Count > 0).ToList();
        var byKey = ByKey(wanted);
        var failed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, (node, overlay)) in byKey.Where(item => FileOf(item.Value.Node, item.Key) is not null))
        {
            var file = FileOf(node, key)!;
            if (!Take(Editor(file).Extend(key, Relative(Path.GetDirectoryName(file)!, overlay)), key, Path.GetDirectoryName(file)!, overlay))
            {
                failed.Add(key);
            }
        }

        // Behind the others: at the end of the last image's lines, what belongs to that image comes first.
        var fresh = byKey.Where(item => FileOf(item.Value.Node, item.Key) is null).ToList();
        if (fresh.Count > 0 && !Fresh([.. fresh.Select(item => KeyValuePair.Create(item.Key, Relative(Folder, item.Value.Places)))]))
        {
            failed.UnionWith(fresh.Select(item => item.Key));
        }

        foreach (var (key, (node, _)) in fresh.Where(item => item.Value.Node.Profiles.Count > 0 && !failed.Contains(item.Key)))
        {
            diagnostics.Add(Rules.FixActivates.At(node.Span, key, string.Join(", ", node.Profiles.Select(profile => $"'{profile}'"))));
        }

        return [.. wanted.Where(item => !item.Node.Declarations.Any(node => failed.Contains(node.Entry))).Select(item => item.Node.Name)];
    }

    /// <summary>Nodes that are one build must stay one, so all their declarations get the same; targets share their image's.</summary>
    private static OrderedDictionary<string, (ImageNode Node, SortedDictionary<string, string> Places)> ByKey(IEnumerable<(ImageNode Node, IReadOnlyDictionary<string, string> Places)> wanted)
    {
        var byKey = new OrderedDictionary<string, (ImageNode Node, SortedDictionary<string, string> Places)>(StringComparer.Ordinal);
        foreach (var (node, places) in wanted.SelectMany(item => item.Node.Declarations.Select(node => (node, item.Places))))
        {
            byKey.TryAdd(node.Entry, (node, new SortedDictionary<string, string>(StringComparer.Ordinal)));
            foreach (var (place, path) in places)
            {
                byKey[node.Entry].Places[place] = path;
            }
        }

        return byKey;
    }

    /// <summary>The graph file that has an entry for the image; null when none has.</summary>
    private string? FileOf(ImageNode node, string key)
    {
        if (composeFiles.Count == 0 && Editor(graph.File).Names(key))
        {
            return graph.File;
        }

        return !GraphFormat.IsCompose(node.Span.File) && Editor(node.Span.File).Names(key) ? node.Span.File : null;
    }

    private OverlayEdit Editor(string file)
    {
        if (!_editors.TryGetValue(file, out var editor))
        {
            editor = new OverlayEdit(drafts.Open(file), drafts.Layout(file));
            _editors.Add(file, editor);
        }

        return editor;
    }

    private bool Fresh(IReadOnlyList<KeyValuePair<string, IReadOnlyList<KeyValuePair<string, string>>>> images)
    {
        if (composeFiles.Count == 0)
        {
            return Take(Editor(graph.File).Add(images), images[0].Key, images[0].Value);
        }

        if (new[] { NewFile, "images.yaml" }.Select(name => Path.Join(Folder, name)).FirstOrDefault(File.Exists) is { } beside)
        {
            diagnostics.Add(Rules.FixFileBeside.At(new SourceSpan(beside), Path.GetFileName(graph.File)));
            return false;
        }

        var files = composeFiles.Select(file => YamlWord.Of(PathText.Relative(Folder, file))).ToList();
        var lines = images.Select(image => $"  {YamlWord.Of(image.Key)}: {{ overlay: {YamlWord.Map(image.Value)} }}\n");
        drafts.Add(FileDraft.Create(
            Path.Join(Folder, NewFile),
            $"name: {YamlWord.Of(graph.Name)}\ncompose: {(files is [var only] ? only : $"[{string.Join(", ", files)}]")}\n\n# path in the context: path in the repository\nimages:\n{string.Concat(lines)}"));
        return true;
    }

    private bool Take(OverlayEdit.Outcome outcome, string key, string folder, SortedDictionary<string, string> overlay) => Take(outcome, key, Relative(folder, overlay));

    private bool Take(OverlayEdit.Outcome outcome, string key, IReadOnlyList<KeyValuePair<string, string>> overlay)
    {
        if (outcome.Edit is null)
        {
            diagnostics.Add(Rules.FixNotHere.At(outcome.Place, key, outcome.Reason, $"overlay: {YamlWord.Map(overlay)}"));
            return false;
        }

        drafts.Add([outcome.Edit]);
        return true;
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Relative(string folder, SortedDictionary<string, string> overlay) =>
        [.. overlay.Select(pair => KeyValuePair.Create(pair.Key, PathText.Relative(folder, pair.Value)))];
}
