using Orchestrator.Planning;

namespace Orchestrator.Changes;

/// <summary>Images that can be built at the same time, on machines of their own, once the waves before are done.</summary>
internal static class BuildWave
{
    /// <summary>The images in waves: each as early as what it needs allows. What it needs and is not among them is taken as done.</summary>
    /// <param name="images">In dependency order.</param>
    public static IReadOnlyList<IReadOnlyList<ResolvedImage>> Of(IEnumerable<ResolvedImage> images)
    {
        var waves = new List<List<ResolvedImage>>();
        var waveOf = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var image in images)
        {
            var wave = image.Edges.Select(edge => waveOf.TryGetValue(edge.To, out var found) ? found + 1 : 0).DefaultIfEmpty(0).Max();
            waveOf.Add(image.Name, wave);
            if (wave == waves.Count)
            {
                waves.Add([]);
            }

            waves[wave].Add(image);
        }

        return waves;
    }
}
