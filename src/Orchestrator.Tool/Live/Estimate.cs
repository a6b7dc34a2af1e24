namespace Orchestrator.Tool.Live;

/// <summary>How long a run will still take, from what its images took before: no less than the longest path, and no less than all work shared by those that work.</summary>
internal static class Estimate
{
    /// <param name="images">In dependency order.</param>
    /// <param name="settled">Names of those that are done, one way or another.</param>
    /// <param name="running">For how long each has been at work.</param>
    /// <param name="parallel">How many may work at the same time.</param>
    /// <returns>Null when less than half of what is left was ever built here.</returns>
    public static TimeSpan? Left(IReadOnlyList<ExpectedImage> images, IReadOnlySet<string> settled, IReadOnlyDictionary<string, TimeSpan> running, int parallel)
    {
        var open = images.Where(image => image.IsWork && !settled.Contains(image.Name)).ToList();
        var known = open.Where(image => image.Duration is not null).ToList();
        if (known.Count == 0 || known.Count * 2 < open.Count)
        {
            return null;
        }

        var usual = TimeSpan.FromTicks((long)known.Average(image => image.Duration!.Value.Ticks));
        var paths = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        var (longest, sum) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var image in images)
        {
            var left = image.IsWork && !settled.Contains(image.Name) ? (image.Duration ?? usual) - running.GetValueOrDefault(image.Name) : TimeSpan.Zero;
            left = left < TimeSpan.Zero ? TimeSpan.Zero : left;
            var path = left + image.Bases.Select(name => paths.GetValueOrDefault(name)).DefaultIfEmpty(TimeSpan.Zero).Max();
            paths[image.Name] = path;
            longest = path > longest ? path : longest;
            sum += left;
        }

        var shared = sum / Math.Max(1, parallel);
        return shared > longest ? shared : longest;
    }
}
