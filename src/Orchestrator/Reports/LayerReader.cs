using Orchestrator.Diagnostics;
using Orchestrator.Docker;

namespace Orchestrator.Reports;

/// <summary>Asks the engine what the images consist of.</summary>
internal static class LayerReader
{
    private const int AtATime = 4;

    /// <returns>The images with their layers; without them where the engine does not say, or when the run was cancelled.</returns>
    public static async Task<IReadOnlyList<ReportedImage>> AddAsync(IReadOnlyList<ReportedImage> images, DockerEngine engine, CancellationToken cancellationToken)
    {
        var histories = new IReadOnlyList<HistoryEntry>[images.Count];
        try
        {
            await Parallel.ForAsync(0, images.Count, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken }, async (index, token) =>
                histories[index] = images[index].ImageId.Length == 0 ? [] : await HistoryAsync(engine, images[index].ImageId, token).ConfigureAwait(false)).ConfigureAwait(false);
            return Join(images, histories);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return images;
        }
    }

    /// <summary>An image's history begins with that of the image that it is built on; each entry belongs to the first image that has it.</summary>
    /// <param name="images">In dependency order.</param>
    /// <param name="histories">Of each image, from the newest entry to the oldest.</param>
    public static IReadOnlyList<ReportedImage> Join(IReadOnlyList<ReportedImage> images, IReadOnlyList<IReadOnlyList<HistoryEntry>> histories)
    {
        var known = new Dictionary<string, (IReadOnlyList<HistoryEntry> Entries, IReadOnlyList<ReportedLayer> Layers)>(StringComparer.Ordinal);
        foreach (var (image, history) in images.Zip(histories))
        {
            var entries = history.Reverse().ToList();
            var (shared, from) = image.Bases.Where(known.ContainsKey).Select(name => (Count: Shared(entries, known[name].Entries), Name: name)).OrderByDescending(pair => pair.Count).FirstOrDefault();
            known[image.Name] = (entries, [.. entries.Select((entry, index) => new ReportedLayer(Shown(entry.CreatedBy), entry.Size, index < shared ? known[from].Layers[index].From ?? from : null))]);
        }

        return [.. images.Select(image => image with { Layers = known[image.Name].Layers })];
    }

    /// <summary>Nothing when only its beginning is the same, as it is for two images on the same image from outside.</summary>
    private static int Shared(IReadOnlyList<HistoryEntry> image, IReadOnlyList<HistoryEntry> other) => image.Take(other.Count).SequenceEqual(other) ? other.Count : 0;

    /// <summary>Builders write addresses and the values of build arguments into the history as they are.</summary>
    private static string Shown(string createdBy) => PrivateAddress.Hide(PrivateValue.HideInHistory(createdBy));

    private static async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(DockerEngine engine, string imageId, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.HistoryAsync(imageId, cancellationToken).ConfigureAwait(false) ?? [];
        }
        catch (Exception exception) when (exception is DockerApiException or DockerUnreachableException)
        {
            return []; // the run is over, and a report without layers is still one
        }
    }
}
