using System.Text.Json;
using Orchestrator.Contexts;
using Orchestrator.Diagnostics;

namespace Orchestrator.Keys;

/// <summary>
/// The inputs of a key as a person knows them: section, name and value of each. Values of arguments whose names look secret, what is private in addresses, and
/// anything long are kept as hashes only. The key itself is made of all of it.
/// </summary>
internal sealed class KeyExplanation : IKeySink
{
    private const int LongestValue = 200;

    /// <summary>Begins a value that is kept as its hash.</summary>
    public const string HashPrefix = "sha256:";

    private readonly List<KeyItem> _items = [];
    private string _section = "";

    /// <summary>In the order of the walk.</summary>
    public IReadOnlyList<KeyItem> Items => _items;

    public static KeyExplanation Of(KeyInputs inputs)
    {
        var explanation = new KeyExplanation();
        ImageKey.Write(inputs, explanation);
        return explanation;
    }

    /// <summary>Null when the bytes are not what <see cref="ToBytes"/> writes.</summary>
    public static KeyExplanation? FromBytes(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            using var document = JsonDocument.ParseValue(ref reader);
            var explanation = new KeyExplanation();
            foreach (var item in document.RootElement.EnumerateArray())
            {
                explanation._items.Add(new KeyItem(item[0].GetString() ?? "", item[1].GetString() ?? "", item[2].GetString()));
            }

            return explanation;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    public byte[] ToBytes()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var item in _items)
            {
                json.WriteStartArray();
                json.WriteStringValue(item.Section);
                json.WriteStringValue(item.Name);
                json.WriteStringValue(item.Value);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    public void Field(string name, string? value)
    {
        // Instructions are told apart by their text, what a list holds by its name.
        switch (name)
        {
            case KeySections.Instruction or KeySections.Stage:
                _items.Add(new KeyItem(name, Shown(value, Concealed) ?? "", ""));
                break;
            case KeySections.Base or KeySections.StagePlatform or KeySections.Source or KeySections.Target:
                break;
            case KeySections.Dockerfile or KeySections.AttestedDockerfile:
                _items.Add(new KeyItem(KeySections.Option, name, value is null ? null : HashPrefix + Hash(value)));
                break;
            case KeySections.Format or KeySections.Platform or KeySections.Syntax or KeySections.Escape or KeySections.Check or KeySections.Network or KeySections.SharedMemory or KeySections.Refresh or KeySections.Provenance or KeySections.Sbom or KeySections.InlineCache:
                _items.Add(new KeyItem(KeySections.Option, name, Shown(value, Private)));
                break;
            default:
                _items.Add(new KeyItem(_section, Private(name), value is not null && (PrivateValue.IsNamed(name) || IsProxyWithUser(name, value)) ? HashPrefix + Hash(value) : Shown(value, Private)));
                break;
        }
    }

    public void List(string name, int count) => _section = name;

    public void Files(string context, ContextSnapshot snapshot)
    {
        var section = context == KeySections.Context ? KeySections.File : KeySections.FileOf + context;
        foreach (var (entry, hash, _) in snapshot.Entries)
        {
            _items.Add(new KeyItem(section, entry.Path, $"{entry.Mode:x} {entry.LinkTarget}{hash}"));
        }
    }

    /// <summary>A proxy may be written without a scheme.</summary>
    private static bool IsProxyWithUser(string name, string value) => name.EndsWith("_proxy", StringComparison.OrdinalIgnoreCase) && value.Contains('@', StringComparison.Ordinal);

    /// <summary>With hashes in place of what is private in addresses, so that a change is still seen.</summary>
    private static string Private(string text) => PrivateAddress.Replace(text, found => HashPrefix + Hash(found));

    /// <summary>The same, and values that an instruction gives to names that look secret.</summary>
    private static string Concealed(string instruction) => PrivateValue.Replace(Private(instruction), value => HashPrefix + Hash(value));

    /// <param name="value">As it is in the key.</param>
    /// <param name="conceal">Takes out what is private, before anything is cut off: half an address does not tell.</param>
    private static string? Shown(string? value, Func<string, string> conceal)
    {
        var text = value is null ? null : conceal(value);
        return text is { Length: > LongestValue } ? text[..(LongestValue / 2)] + "… " + HashPrefix + Hash(value!) : text;
    }

    private static string Hash(string value)
    {
        using var writer = new KeyWriter();
        writer.Field("", value);
        return writer.Finish().Short;
    }
}
