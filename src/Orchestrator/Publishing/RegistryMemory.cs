using System.Collections.Concurrent;
using System.Text.Json;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Keys;
using Orchestrator.Planning;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>
/// Registries as memory of builds: an image is there for a key when the key tag is, and the image behind it carries the key as its label. A registry that
/// cannot be asked costs its time budget once, one warning, and never the build. Meant for registries that were opened with a budget.
/// </summary>
internal sealed class RegistryMemory(Registries registries, ImageGraph graph, DiagnosticBag diagnostics)
{
    /// <summary>Questions at the same time.</summary>
    private const int Parallel = 8;

    private readonly Lock _lock = new();

    public async Task<IReadOnlyList<RememberedImage>> FindAsync(IReadOnlyList<PlannedImage> images, CancellationToken cancellationToken)
    {
        var found = new ConcurrentBag<RememberedImage>();
        await System.Threading.Tasks.Parallel.ForEachAsync(images, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken }, async (image, token) =>
        {
            try
            {
                if (KeyHome.Of(graph, image.Image.Node) is { } home && await FindAsync(home, image, token).ConfigureAwait(false) is { } remembered)
                {
                    found.Add(remembered);
                }
            }
            catch (Exception exception) when (IsTrouble(exception))
            {
                Warn(exception.Message);
            }
        }).ConfigureAwait(false);
        return [.. found];
    }

    /// <summary>What was published, whatever its key tag stands for; null where it cannot be told.</summary>
    public async Task<RememberedImage?> ReadAsync(PublishedImage image, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(image.Image.Published.First(), image.Image.Planned, image.Manifest, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsTrouble(exception))
        {
            return null;
        }
    }

    private static bool IsTrouble(Exception exception) => exception is RegistryApiException or RegistryUnreachableException or RegistryContentException or DockerConfigurationException;

    private async Task<RememberedImage?> FindAsync(ImageReference home, PlannedImage image, CancellationToken cancellationToken)
    {
        var found = await registries.At(home).FindManifestAsync(home.Repository, KeyTag.Tag(image.Key!.Value), cancellationToken).ConfigureAwait(false);
        return found is { } manifest && WholeImage.IsWhole(image.Image, manifest) ? await ReadAsync(home, image, manifest, cancellationToken).ConfigureAwait(false) : null;
    }

    private async Task<RememberedImage?> ReadAsync(ImageReference home, PlannedImage image, Manifest manifest, CancellationToken cancellationToken)
    {
        var client = registries.At(home);
        var parts = new List<(string Platform, RememberedImage Image)>();
        foreach (var (name, digest) in WholeImage.Parts(image.Image, manifest))
        {
            var single = digest is null ? manifest : await registries.FindManifestAsync(home with { Digest = digest.ToString() }, cancellationToken).ConfigureAwait(false);
            if (single.Config is null || Read(home, image, manifest, single, await client.ReadBlobAsync(home.Repository, single.Config, cancellationToken).ConfigureAwait(false)) is not { } part)
            {
                return null;
            }

            parts.Add((name, part));
        }

        return parts.Count == 0 || parts.Exists(part => part.Image.BasesContent != parts[0].Image.BasesContent) ? null : parts[0].Image with
        {
            Identity = EnginePlatforms.Identity(parts.Select(part => new NamedText(part.Platform, part.Image.Identity))),
            Size = parts.Sum(part => part.Image.Size),
        };
    }

    private RememberedImage? Read(ImageReference home, PlannedImage image, Manifest manifest, Manifest single, byte[] configuration)
    {
        try
        {
            using var document = JsonDocument.Parse(configuration);
            if (ImageLabels.Find(document.RootElement, KeyTag.Label) is var key && key != image.Key!.Value.Hex)
            {
                Warn($"'{(home with { Tag = KeyTag.Tag(image.Key.Value) }).Familiar}' stands for an image that has {PublishFailure.Shown(key)}.");
                return null;
            }

            return new RememberedImage(
                image.Name, home with { Digest = manifest.Digest.ToString() }, ContentIdentity.OfBuild(document.RootElement),
                ImageLabels.Find(document.RootElement, KeyTag.BasesContentLabel), single.Layers.Sum(layer => layer.Size));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            Warn($"The configuration of '{home.Familiar}' cannot be read: {exception.Message}");
            return null;
        }
    }

    /// <summary>One warning is enough: what the others would say is mostly the same.</summary>
    private void Warn(string message)
    {
        lock (_lock)
        {
            if (diagnostics.Items.All(item => item.Rule != Rules.MemoryNotAsked))
            {
                diagnostics.Add(Rules.MemoryNotAsked.At(new SourceSpan(graph.File), message));
            }
        }
    }
}
