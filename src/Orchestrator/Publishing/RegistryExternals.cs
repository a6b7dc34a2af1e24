using System.Collections.Concurrent;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>
/// Reads from its registry what an external image is: its manifest and its configuration, never a layer. What it says must be what an engine would say after
/// a pull, for keys are made of it; wherever that is not certain it says nothing, and the engine pulls. So does a registry that cannot be asked: the engine
/// may know mirrors and certificates that are not known here. An answer holds for the life of this, so that a tag that moves means one image in a run.
/// Meant for registries that were opened with a budget.
/// </summary>
/// <param name="platform">Of the engine, such as <c>linux/amd64</c>.</param>
internal sealed class RegistryExternals(Registries registries, string platform)
{
    private const string Arm = "linux/arm64";

    /// <summary>What every engine takes for the same as none.</summary>
    private const string UsualArm = Arm + "/v8";

    private readonly ConcurrentDictionary<ImageReference, Lazy<Task<RegistryExternal?>>> _known = new();

    /// <summary>Repositories that could not be asked about, and why; what is in them nobody knows. Those that said they have no such image, or show it to nobody, are not here.</summary>
    public ConcurrentDictionary<ImageReference, string> NotAsked { get; } = new();

    /// <inheritdoc cref="FindExternal"/>
    public Task<RegistryExternal?> FindAsync(ImageReference reference, CancellationToken cancellationToken) =>
        _known.GetOrAdd(reference, _ => new Lazy<Task<RegistryExternal?>>(() => AskAsync(reference, cancellationToken))).Value;

    private async Task<RegistryExternal?> AskAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        try
        {
            var client = registries.At(reference);
            if (await client.FindManifestAsync(reference.Repository, reference.Digest ?? reference.Tag!, cancellationToken).ConfigureAwait(false) is not { } manifest
                || await OwnAsync(client, reference.Repository, manifest, cancellationToken).ConfigureAwait(false) is not { Config: { } config } single)
            {
                return null;
            }

            var configuration = await client.ReadBlobAsync(reference.Repository, config, cancellationToken).ConfigureAwait(false);
            return ImageConfiguration.Read(configuration) is { } image && IsOwn($"{image.Os}/{image.Architecture}") && image.Layers.Count == single.Layers.Count
                ? new RegistryExternal(manifest.Digest.ToString(), image)
                : null;
        }
        catch (Exception exception) when (exception is RegistryApiException or RegistryUnreachableException or RegistryContentException or DockerConfigurationException)
        {
            if (exception is not RegistryApiException { IsTransient: false })
            {
                NotAsked.TryAdd(reference with { Tag = null, Digest = null }, exception.Message);
            }

            return null;
        }
    }

    /// <summary>The manifest that an engine takes out of an index; null where another engine might take another one.</summary>
    private async Task<Manifest?> OwnAsync(RegistryClient client, string repository, Manifest manifest, CancellationToken cancellationToken)
    {
        if (!manifest.IsIndex)
        {
            return manifest;
        }

        var candidates = manifest.Manifests.Where(child => !child.IsAttestation && (IsOwn(child.Platform) || child.Platform.StartsWith(platform + "/", StringComparison.Ordinal))).ToList();
        return candidates is [var one] && IsOwn(one.Platform) && MediaTypes.IsImage(one.MediaType)
            ? await client.FindManifestAsync(repository, one.Digest.ToString(), cancellationToken).ConfigureAwait(false)
            : null;
    }

    private bool IsOwn(string other) => other == platform || (platform == Arm && other == UsualArm);
}
