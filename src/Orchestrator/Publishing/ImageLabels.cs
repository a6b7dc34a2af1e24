using System.Globalization;
using System.Text.Json;
using Orchestrator.Planning;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>Reads what an image in a registry says of itself: its configuration has its labels and its time.</summary>
internal static class ImageLabels
{
    /// <summary>
    /// The key that an image, or every image of an index, was built for; null when it does not say or they differ. And the first manifest that an index names
    /// and its registry does not have any more, for rules that clean registries take what has no tag of its own.
    /// </summary>
    public static async Task<(string? Key, Digest? Lost)> ReadKeyAsync(RegistryClient client, string repository, Manifest manifest, CancellationToken cancellationToken)
    {
        if (!manifest.IsIndex)
        {
            return (await KeyAsync(client, repository, manifest, cancellationToken).ConfigureAwait(false), null);
        }

        Digest? lost = null;
        var keys = new HashSet<string?>(StringComparer.Ordinal);
        foreach (var child in manifest.Manifests)
        {
            if (await client.FindManifestAsync(repository, child.Digest.ToString(), cancellationToken).ConfigureAwait(false) is not { } found)
            {
                lost ??= child.Digest;
            }
            else if (!child.IsAttestation && MediaTypes.IsImage(child.MediaType))
            {
                keys.Add(await KeyAsync(client, repository, found, cancellationToken).ConfigureAwait(false));
            }
        }

        return (keys.Count == 1 ? keys.Single() : null, lost);
    }

    /// <summary>How an image, or the images of an index, were built; null when they do not say when.</summary>
    public static async Task<ImageBuild?> ReadBuildAsync(RegistryClient client, string repository, Manifest manifest, CancellationToken cancellationToken)
    {
        if (!manifest.IsIndex)
        {
            return manifest.Config is { } config ? Build(await client.ReadBlobAsync(repository, config, cancellationToken).ConfigureAwait(false)) : null;
        }

        var builds = new List<ImageBuild>();
        foreach (var child in manifest.Manifests.Where(child => !child.IsAttestation && MediaTypes.IsImage(child.MediaType)))
        {
            if (await client.FindManifestAsync(repository, child.Digest.ToString(), cancellationToken).ConfigureAwait(false) is { } image
                && await ReadBuildAsync(client, repository, image, cancellationToken).ConfigureAwait(false) is { } build)
            {
                builds.Add(build);
            }
        }

        return builds.MaxBy(build => build.Created) is { } newest ? newest with { Platforms = [.. builds.SelectMany(build => build.Platforms).Distinct(StringComparer.Ordinal)] } : null;
    }

    /// <returns>Null when the image has no such label.</returns>
    /// <exception cref="InvalidOperationException">The configuration has another form.</exception>
    public static string? Find(JsonElement configuration, string label) =>
        configuration.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object
        && config.TryGetProperty("Labels", out var labels) && labels.ValueKind == JsonValueKind.Object
        && labels.TryGetProperty(label, out var value) ? value.GetString() : null;

    /// <remarks>A build that only changes the configuration has the time of its last layer, which may be that of the base; our label tells when it was.</remarks>
    private static ImageBuild? Build(byte[] configuration)
    {
        try
        {
            using var document = JsonDocument.Parse(configuration);
            var root = document.RootElement;
            if (!root.TryGetProperty("created", out var created) || !created.TryGetDateTimeOffset(out var time))
            {
                return null;
            }

            var isStamped = DateTimeOffset.TryParse(Find(root, StampLabels.Created), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var stamp);
            return new ImageBuild(isStamped && stamp > time ? stamp : time, Find(root, KeyTag.ImageLabel), [$"{Text(root, "os")}/{Text(root, "architecture")}"]);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static async Task<string?> KeyAsync(RegistryClient client, string repository, Manifest image, CancellationToken cancellationToken) =>
        image.Config is { } config ? Key(await client.ReadBlobAsync(repository, config, cancellationToken).ConfigureAwait(false)) : null;

    private static string? Key(byte[] configuration)
    {
        try
        {
            using var document = JsonDocument.Parse(configuration);
            return Find(document.RootElement, KeyTag.Label);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
