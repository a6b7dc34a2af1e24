using System.Text;
using Orchestrator.Keys;
using Orchestrator.State;

namespace Orchestrator.Planning;

/// <summary>
/// The keys that the images of a graph had when they were last planned: what to ask an engine for while the present ones are computed, since most of them will be the same.
/// They decide nothing. A line for each image: its name and the tag of its key.
/// </summary>
internal sealed class LastKeys(GraphState? state)
{
    private const string File = "last-keys";

    /// <summary>Remembers nothing.</summary>
    public static LastKeys None { get; } = new(null);

    /// <summary>By the images' names; empty when nothing is known.</summary>
    public IReadOnlyDictionary<string, CacheKey> Read()
    {
        var keys = new Dictionary<string, CacheKey>(StringComparer.Ordinal);
        foreach (var line in state?.Read(File) is { } bytes ? Encoding.UTF8.GetString(bytes).Split('\n') : [])
        {
            if (line.Split(' ') is [var name, var tag] && KeyTag.KeyOf(tag) is { } hex)
            {
                keys[name] = new CacheKey(hex);
            }
        }

        return keys;
    }

    /// <summary>Those of images that are not among <paramref name="images"/> stay, as long as the graph has them.</summary>
    public void Save(IReadOnlyDictionary<string, CacheKey> before, IEnumerable<PlannedImage> images, IEnumerable<string> graph)
    {
        var names = graph.ToHashSet(StringComparer.Ordinal);
        var keys = before.Where(key => names.Contains(key.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var image in images)
        {
            if (image.Key is { } key)
            {
                keys[image.Name] = key;
            }
        }

        if (keys.Count != before.Count || keys.Any(key => before.GetValueOrDefault(key.Key) != key.Value))
        {
            state?.Write(File, Encoding.UTF8.GetBytes(string.Join('\n', keys.Select(key => $"{key.Key} {KeyTag.Tag(key.Value)}"))));
        }
    }
}
