using System.Globalization;
using Orchestrator.Graph;
using Orchestrator.Graph.Reading;

namespace Orchestrator.Proposing;

/// <summary>Gives each image a key and a local name that no other has.</summary>
internal sealed class ImageKeys(IEnumerable<string> taken)
{
    private readonly HashSet<string> _keys = taken.ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<ImageReference> _names = [];

    /// <returns>The names that are still free; when the main one is not, one made of the whole path takes its place.</returns>
    public (string Key, IReadOnlyList<ImageReference> Names) Assign(FoundDockerfile file, IReadOnlyList<ImageReference> names)
    {
        var free = names.Where(_names.Add).ToList();
        if (free.Count == 0)
        {
            var name = ImageReference.Parse(Free(ImageKeyGrammar.MakeValid($"{file.Folder}-{file.Variant}-{file.Documented?.Target}"), text => _names.Contains(ImageReference.Parse(text))));
            _names.Add(name);
            free.Add(name);
        }

        var last = free[0].Repository.Split('/')[^1];
        var tagged = free[0].Tag is { } tag and not "latest" && _keys.Contains(last) ? $"{last}-{tag}" : last;
        var key = Free(ImageKeyGrammar.MakeValid(tagged), _keys.Contains);
        _keys.Add(key);
        return (key, free);
    }

    private static string Free(string text, Func<string, bool> isTaken)
    {
        var name = text;
        for (var number = 2; isTaken(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{text}-{number}");
        }

        return name;
    }
}
