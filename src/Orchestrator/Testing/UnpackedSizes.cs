using Orchestrator.Docker;
using Orchestrator.Planning;

namespace Orchestrator.Testing;

/// <summary>
/// What the files of images take, all layers together: the sum of an image's history, which is of unpacked files on every store. An inspect is not: containerd's
/// store counts there what is packed, and its listing counts both. The graph-driver stores add up the bytes of files, containerd's the blocks of the disk that they take.
/// </summary>
internal sealed class UnpackedSizes
{
    private readonly Dictionary<string, long> _byImageId = new(StringComparer.Ordinal);

    private UnpackedSizes()
    {
    }

    /// <param name="engine">Where the images are; asked once for each image with a test of its size, and for nothing else.</param>
    /// <param name="images">Each has an image on the engine.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<UnpackedSizes> ReadAsync(DockerEngine engine, IEnumerable<PlannedImage> images, CancellationToken cancellationToken)
    {
        var sizes = new UnpackedSizes();
        var wanted = images.Where(image => image.Image.Node.Tests.Any(test => test.MaximumSize is not null)).Select(image => image.ImageId!).Distinct(StringComparer.Ordinal);
        foreach (var id in wanted)
        {
            if (await SizeAsync(engine, id, cancellationToken).ConfigureAwait(false) is { } size)
            {
                sizes._byImageId.Add(id, size);
            }
        }

        return sizes;
    }

    /// <summary>In bytes; null when the engine does not tell.</summary>
    public long? Find(PlannedImage image) => _byImageId.TryGetValue(image.ImageId!, out var size) ? size : null;

    /// <summary>Containerd's store before 28 does not tell of an image that is not unpacked; of one whose content is gone there is no history.</summary>
    private static async Task<long?> SizeAsync(DockerEngine engine, string imageId, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.HistoryAsync(imageId, cancellationToken).ConfigureAwait(false) is { Count: > 0 } steps ? steps.Sum(step => step.Size) : null;
        }
        catch (DockerApiException)
        {
            return null;
        }
    }
}
