using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Fixing;

/// <summary>Writes what an image's <c>overlay</c> lacks into a graph file, in the form that the file has.</summary>
internal sealed class OverlayEdit(FileDraft draft, YamlLayout layout)
{
    private const string Images = "images";
    private const string Overlay = "overlay";

    public bool Names(string image) => ImageEntries?.Find(image) is not null;

    private YamlMapping? ImageEntries => layout.Root?.Find(Images)?.Value as YamlMapping;

    /// <summary>Entries for several images that the file does not name yet.</summary>
    /// <param name="images">Image to place in the context and path, as the file is to have them.</param>
    public Outcome Add(IReadOnlyList<KeyValuePair<string, IReadOnlyList<KeyValuePair<string, string>>>> images)
    {
        var lines = images.Select(image => $"{YamlWord.Of(image.Key)}: {{ {Overlay}: {YamlWord.Map(image.Value)} }}").ToList();
        var block = string.Join('\n', lines);
        var edit = layout.Root?.Find(Images) switch
        {
            null => layout.AppendedToRoot($"{Images}:\n  {block.Replace("\n", "\n  ", StringComparison.Ordinal)}"),
            { Value: YamlMapping { Closing: null } mapping } entry when YamlLayout.IsWrittenHere(entry) => layout.Appended(mapping, block),
            { Value: YamlMapping mapping } entry when YamlLayout.IsWrittenHere(entry) => layout.Appended(mapping, string.Join(", ", lines)),
            { } entry => layout.Below(entry, block),
        };
        return Of(edit, layout.Root?.Find(Images)?.Key.Span ?? new SourceSpan(draft.Path, 1, 1), "it is not written as a mapping");
    }

    /// <summary>More overlay for an image that the file names.</summary>
    public Outcome Extend(string image, IReadOnlyList<KeyValuePair<string, string>> overlay)
    {
        var entry = ImageEntries!.Find(image)!;
        var whole = $"{Overlay}: {YamlWord.Map(overlay)}";
        if (!YamlLayout.IsOwn(ImageEntries, entry) || !YamlLayout.IsWrittenHere(entry))
        {
            return Of(null, entry.Key.Span, "an anchor stands for it, which others may share");
        }

        switch (entry.Value)
        {
            case YamlScalar scalar:
                var token = layout.Token(scalar);
                return Of(token is var (start, end) ? new TextEdit(start, end, $"{{ context: {draft.Text[start..end]}, {whole} }}") : null, scalar.Span, "its context is not a text on one line");
            case YamlMapping mapping when mapping.Find(Overlay) is not { } existing:
                return Of(layout.Appended(mapping, whole), entry.Key.Span, "its layout is unusual");
            case YamlMapping mapping when mapping.Find(Overlay) is { } existing && YamlLayout.IsOwn(mapping, existing) && YamlLayout.IsWrittenHere(existing):
                return Of(Joined(existing, overlay), existing.Key.Span, "its layout is unusual");
            default:
                return Of(null, entry.Key.Span, "an anchor stands for its overlay, which others may share");
        }
    }

    private TextEdit? Joined(YamlEntry existing, IReadOnlyList<KeyValuePair<string, string>> overlay)
    {
        var pairs = overlay.Select(pair => $"{YamlWord.Of(pair.Key)}: {YamlWord.Of(pair.Value)}");
        var items = overlay.Select(pair => YamlWord.IsPlain(pair.Key + pair.Value) ? $"{pair.Key}={pair.Value}" : YamlWord.Of($"{pair.Key}={pair.Value}")).ToList();
        return existing.Value switch
        {
            YamlMapping mapping => layout.Appended(mapping, string.Join(mapping.Closing is null ? "\n" : ", ", pairs)),
            YamlSequence { Closing: null } list => layout.Appended(list, string.Join("\n- ", items)),
            YamlSequence list => layout.Appended(list, string.Join(", ", items)),
            _ => layout.Below(existing, string.Join('\n', pairs)),
        };
    }

    private Outcome Of(TextEdit? edit, SourceSpan place, string reason) => edit is { } found ? new Outcome(new FileEdit(draft.Path, found), place, "") : new Outcome(null, place, reason);

    /// <param name="Edit">Null when the layout does not allow one.</param>
    internal sealed record Outcome(FileEdit? Edit, SourceSpan Place, string Reason);
}
