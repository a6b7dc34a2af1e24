namespace Orchestrator.Reports;

/// <summary>The chain of images, each built on the one before or only after it, that took longest: however many images are built at a time, a run cannot be faster.</summary>
internal static class CriticalPath
{
    /// <param name="images">In dependency order.</param>
    /// <returns>Names from the first image that took time to the last; of equally long chains the one that ends earlier in the order. Empty when nothing took time.</returns>
    public static IReadOnlyList<string> Of(IReadOnlyList<ReportedImage> images)
    {
        var lengths = new Dictionary<string, (TimeSpan Length, string? Before)>(StringComparer.Ordinal);
        var (longest, last) = (TimeSpan.Zero, (string?)null);
        foreach (var image in images)
        {
            var (length, before) = (TimeSpan.Zero, (string?)null);
            foreach (var name in image.Bases.Concat(image.After))
            {
                if (lengths.TryGetValue(name, out var path) && path.Length > length)
                {
                    (length, before) = (path.Length, name);
                }
            }

            lengths[image.Name] = (length + image.Duration, before);
            if (length + image.Duration > longest)
            {
                (longest, last) = (length + image.Duration, image.Name);
            }
        }

        var names = new List<string>();
        for (; last is not null; last = lengths[last].Before)
        {
            names.Insert(0, last);
        }

        return names;
    }
}
