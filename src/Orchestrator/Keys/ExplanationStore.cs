using Orchestrator.State;

namespace Orchestrator.Keys;

/// <summary>What the keys of earlier builds were made of, by image, so that a plan can say what is different now.</summary>
internal sealed class ExplanationStore(GraphState state)
{
    /// <summary>Builds of an image that are remembered: on several engines, and back and forth between branches.</summary>
    private const int Kept = 8;

    public void Save(string image, CacheKey key, KeyExplanation explanation)
    {
        var folder = Folder(image);
        state.Write($"{folder}/{key.Hex}", explanation.ToBytes());
        foreach (var old in state.Files(folder).Skip(Kept))
        {
            state.Delete(old);
        }
    }

    public KeyExplanation? Find(string image, CacheKey key) => Read($"{Folder(image)}/{key.Hex}");

    /// <summary>Of the last build that is remembered.</summary>
    public KeyExplanation? Latest(string image) => state.Files(Folder(image)).Select(Read).OfType<KeyExplanation>().FirstOrDefault();

    /// <summary>Of the builds that are remembered, in hexadecimal, the newest first.</summary>
    public IReadOnlyList<string> Keys(string image) => [.. state.Files(Folder(image)).Select(name => name[(name.LastIndexOf('/') + 1)..])];

    private KeyExplanation? Read(string name) => state.Read(name) is { } bytes ? KeyExplanation.FromBytes(bytes) : null;

    private static string Folder(string image) => "explanations-" + GraphState.NameFor(image);
}
