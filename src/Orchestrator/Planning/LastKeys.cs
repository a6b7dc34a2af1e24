using System.Globalization;
using System.Text;
using Orchestrator.Keys;
using Orchestrator.State;

namespace Orchestrator.Planning;

/// <summary>
/// The keys that the images of a graph had when they were last planned: what to ask an engine for while the present ones are computed, since most of them will be the same.
/// They decide nothing. A line for each image: its name and the tag of its key; and, where an engine had it, the image's ID, size and labels of bases.
/// </summary>
internal sealed class LastKeys(GraphState? state)
{
    private const string File = "last-keys";
    private const string None = "-";

    /// <summary>Remembers nothing.</summary>
    public static LastKeys Nothing { get; } = new(null);

    /// <summary>By the images' names; empty when nothing is known.</summary>
    public IReadOnlyDictionary<string, LastKey> Read()
    {
        var keys = new Dictionary<string, LastKey>(StringComparer.Ordinal);
        foreach (var line in state?.Read(File) is { } bytes ? Encoding.UTF8.GetString(bytes).Split('\n') : [])
        {
            if (line.Split(' ') is [var name, var tag, .. var image] && KeyTag.KeyOf(tag) is { } hex)
            {
                keys[name] = new LastKey(new CacheKey(hex), Known(image));
            }
        }

        return keys;
    }

    /// <param name="before">As it was read. Those of images that are not among <paramref name="images"/> stay, as long as the graph has them.</param>
    /// <param name="images">What is known now.</param>
    /// <param name="graph">The names of the graph's images.</param>
    public void Save(IReadOnlyDictionary<string, LastKey> before, IReadOnlyDictionary<string, LastKey> images, IEnumerable<string> graph)
    {
        var names = graph.ToHashSet(StringComparer.Ordinal);
        var keys = before.Where(key => names.Contains(key.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, key) in images)
        {
            keys[name] = key;
        }

        if (keys.Count != before.Count || keys.Any(key => before.GetValueOrDefault(key.Key) != key.Value))
        {
            state?.Write(File, Encoding.UTF8.GetBytes(string.Join('\n', keys.Select(key => $"{key.Key} {KeyTag.Tag(key.Value.Key)}{Text(key.Value.Image)}"))));
        }
    }

    private static string Text(KnownImage? image) =>
        image is null ? "" : string.Create(CultureInfo.InvariantCulture, $" {image.Id} {image.Size} {image.BasesDigest ?? None} {image.BasesContent ?? None}");

    private static KnownImage? Known(string[] fields) =>
        fields is [{ Length: > 0 } id, var size, var bases, var content] && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? new KnownImage(id, bytes, Value(bases), Value(content))
            : null;

    private static string? Value(string field) => field == None ? null : field;
}
