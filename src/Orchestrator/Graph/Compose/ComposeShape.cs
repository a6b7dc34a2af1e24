using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>Checks the keys of a Compose document against those that Compose knows, and leaves out what does not concern images.</summary>
/// <param name="ofService">Where the mistakes of each service go; null is where all others go.</param>
internal sealed partial class ComposeShape(DiagnosticBag diagnostics, Func<string, DiagnosticBag>? ofService = null)
{
    /// <summary>The document with <c>name</c>, <c>include</c>, <c>secrets</c> and the services; each service is a mapping, and so is <c>services</c>.</summary>
    public YamlMapping Check(YamlMapping document)
    {
        var kept = new List<YamlEntry>();
        foreach (var entry in document.Entries.Where(entry => IsKnown(entry, ComposeGrammar.File, "a Compose file")))
        {
            switch (entry.Key.Value)
            {
                case "version":
                    diagnostics.Add(Rules.ComposeVersion.At(entry.Key.Span));
                    break;
                case "services" when entry.Value is YamlMapping services:
                    kept.Add(entry with { Value = services with { Entries = [.. services.Entries.Select(service => For(service).Service(service)).OfType<YamlEntry>()] } });
                    break;
                case "secrets" when entry.Value is YamlMapping or YamlScalar { IsNull: true }:
                case "name" or "include":
                    kept.Add(entry);
                    break;
                case "services" or "secrets" when !IsNull(entry.Value):
                    diagnostics.Add(Rules.WrongType.At(entry.Value.Span, entry.Key.Value, "a mapping", entry.Value.Kind));
                    break;
            }
        }

        return document with { Entries = kept };
    }

    private ComposeShape For(YamlEntry service) => ofService is null ? this : new ComposeShape(ofService(service.Key.Value));

    private YamlEntry? Service(YamlEntry entry)
    {
        var name = entry.Key.Value;
        if (!Name().IsMatch(name))
        {
            diagnostics.Add(Rules.ServiceNameInvalid.At(entry.Key.Span, name));
            return null;
        }

        if (entry.Value.Tag is not null && entry.Value is not YamlMapping)
        {
            return entry; // !reset takes the whole service away
        }

        // One that has nothing, or just comments, leaves what it lies over as it is; by itself it has neither an image nor a build.
        var value = IsNull(entry.Value) ? new YamlMapping(entry.Value.Span, []) : entry.Value;
        if (value is not YamlMapping service)
        {
            diagnostics.Add(Rules.WrongType.At(value.Span, name, "a mapping", value.Kind));
            return null;
        }

        var known = service.Entries.Where(item => IsKnown(item, ComposeGrammar.Service, $"the service '{name}'")).Where(item => ComposeGrammar.OfImages.Contains(item.Key.Value));
        return entry with { Value = service with { Entries = [.. known.Where(IsUsable).Select(Plain)] } };
    }

    /// <summary>Numbers among the arguments and labels as Compose writes them.</summary>
    private YamlEntry Plain(YamlEntry entry) => entry is { Key.Value: "build", Value: YamlMapping build }
        ? entry with { Value = build.Each(item => item is { Key.Value: "args" or "labels", Value: YamlMapping pairs } ? pairs.Each(pair => pair.Value is YamlScalar scalar ? Plain(pair.Key.Value, scalar) : pair.Value) : item.Value) }
        : entry;

    private YamlNode Plain(string name, YamlScalar scalar)
    {
        if (PlainValue.Text(scalar) is { } text)
        {
            return text == scalar.Value ? scalar : scalar with { Value = text, TextColumn = 0, IsPlain = false };
        }

        diagnostics.Add(Rules.InvalidValue.At(scalar.Span, scalar.Value, name, "Compose takes it for a date and refuses it; put it in quotes"));
        return scalar;
    }

    private bool IsUsable(YamlEntry entry)
    {
        if (entry.Value.Tag is not null)
        {
            return true;
        }

        var expected = entry.Key.Value switch
        {
            "build" => entry.Value is YamlMapping or YamlScalar ? null : "a text or a mapping", // without a value it leaves what it lies over
            "extends" => entry.Value is YamlMapping or YamlScalar { IsNull: false } ? null : "a text or a mapping",
            "image" or "platform" => entry.Value is YamlScalar ? null : "a text",
            "profiles" => entry.Value is YamlSequence or YamlScalar { IsNull: true } ? null : "a list",
            "env_file" => entry.Value is YamlMapping ? "a text or a list" : null,
            _ => null,
        };
        if (expected is not null)
        {
            diagnostics.Add(Rules.WrongType.At(IsNull(entry.Value) ? entry.Key.Span : entry.Value.Span, entry.Key.Value, expected, entry.Value.Kind));
            return false;
        }

        return entry is not { Key.Value: "build", Value: YamlMapping build } || build.Entries.Select(item => IsKnown(item, ComposeGrammar.Build, "'build'") & HasTexts(item)).ToList().TrueForAll(known => known);
    }

    /// <summary>What may be a mapping or a list is of texts where it is a list: an item such as <c>- NAME: value</c> says nothing to Compose.</summary>
    private bool HasTexts(YamlEntry entry)
    {
        if (!ComposeGrammar.Pairs.Contains(entry.Key.Value) || entry.Value is not YamlSequence list)
        {
            return true;
        }

        var before = diagnostics.Items.Count;
        foreach (var item in list.Items.Where(item => item.Tag is null))
        {
            if (item is not YamlScalar { IsNull: false } text)
            {
                diagnostics.Add(Rules.WrongType.At(item.Span, entry.Key.Value, "a mapping, or a list of texts such as NAME=value", item.Kind));
            }
            else if (entry.Key.Value == "args" && text.Value.Split('=')[0] is var name && name != name.TrimEnd())
            {
                diagnostics.Add(Rules.InvalidValue.At(text.Span, text.Value, entry.Key.Value, "the name ends in a space"));
            }
        }

        return diagnostics.Items.Count == before;
    }

    private bool IsKnown(YamlEntry entry, IReadOnlySet<string> keys, string owner)
    {
        var name = entry.Key.Value;
        if (keys.Contains(name) || ComposeGrammar.IsExtension(name))
        {
            return true;
        }

        diagnostics.Add(Rules.UnknownKey.At(entry.Key.Span, name, owner, DidYouMean.Phrase(name, keys)));
        return false;
    }

    private static bool IsNull(YamlNode node) => node is YamlScalar { IsNull: true };

    [GeneratedRegex(@"\A[a-zA-Z0-9._-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
