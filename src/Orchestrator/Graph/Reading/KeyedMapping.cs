using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Reading;

/// <summary>
/// A mapping that was checked against the table of keys: what is left is known, honoured there and of the right form.
/// Everything else became a diagnostic.
/// </summary>
internal sealed partial class KeyedMapping
{
    private readonly Dictionary<string, YamlEntry> _entries = new(StringComparer.Ordinal);
    private readonly DiagnosticBag _diagnostics;

    /// <param name="owner">What the mapping is, for messages: <c>an image</c>.</param>
    public KeyedMapping(YamlMapping mapping, KeyPlaces place, string owner, DiagnosticBag diagnostics)
    {
        Span = mapping.Span;
        _diagnostics = diagnostics;
        foreach (var entry in mapping.Entries)
        {
            var name = entry.Key.Value;
            if (!name.StartsWith("x-", StringComparison.Ordinal) && IsUsable(entry, place, owner))
            {
                _entries.Add(name, entry);
            }
        }
    }

    public SourceSpan Span { get; }

    public YamlEntry? Find(string key) => _entries.GetValueOrDefault(key);

    private bool IsUsable(YamlEntry entry, KeyPlaces place, string owner)
    {
        var name = entry.Key.Value;
        var key = GraphKeys.Find(place, name);
        var problem = key switch
        {
            null => Rules.UnknownKey.At(entry.Key.Span, name, owner, DidYouMean.Phrase(name, GraphKeys.Names(place))),
            { Support: KeySupport.NotYet } => Rules.KeyNotSupportedYet.At(entry.Key.Span, name),
            { Support: KeySupport.OfCompose } => Rules.KeyOfCompose.At(entry.Key.Span, name),
            _ when !key.Forms.HasFlag(FormOf(entry.Value)) => Rules.WrongType.At(entry.Value.Span, name, NameOf(key.Forms), entry.Value.Kind),
            _ => null,
        };
        if (problem is not null)
        {
            _diagnostics.Add(problem);
        }

        return problem is null;
    }

    private static KeyForms FormOf(YamlNode node) => node switch
    {
        YamlSequence => KeyForms.List,
        YamlMapping => KeyForms.Map,
        YamlScalar { IsNull: true } => KeyForms.Empty,
        _ => KeyForms.Text,
    };

    private static string NameOf(KeyForms forms)
    {
        var names = new List<string>();
        void Name(KeyForms form, string name)
        {
            if (forms.HasFlag(form))
            {
                names.Add(name);
            }
        }

        Name(KeyForms.Text, "a text");
        Name(KeyForms.Map, "a mapping");
        Name(KeyForms.List, "a list");
        return string.Join(" or ", names);
    }
}
