using System.Collections.Concurrent;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Registry;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>The registries of a run: one client for each host, and what is known of their images.</summary>
internal sealed class Registries(RegistryOptions options) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<RegistryClient>> _clients = new(StringComparer.Ordinal);

    /// <summary>Docker's stored logins, in the form that registries are asked with.</summary>
    public static FindLogin Logins(CredentialStore credentials) => async (host, cancellationToken) =>
        await credentials.FindAsync(host, cancellationToken).ConfigureAwait(false) is { } found
            ? new RegistryLogin(found.Username, found.Secret, found.IsIdentityToken) { IsRegistryToken = found.IsRegistryToken }
            : null;

    public RegistryClient At(string host) => _clients.GetOrAdd(host, name => new Lazy<RegistryClient>(() => new RegistryClient(name, options))).Value;

    public RegistryClient At(ImageReference reference) => At(reference.Registry);

    /// <inheritdoc cref="RegistryClient.WillWrite"/>
    public void WillWrite(ImageReference repository) => At(repository).WillWrite(repository.Repository);

    /// <summary>The image that a tag or digest stands for; null when there is none.</summary>
    public async Task<RegistryImage?> FindAsync(ImageReference reference, CancellationToken cancellationToken)
    {
        var client = At(reference);
        var manifest = await client.FindManifestAsync(reference.Repository, reference.Digest ?? reference.Tag!, cancellationToken).ConfigureAwait(false);
        if (manifest is null)
        {
            return null;
        }

        var (key, lost) = await ImageLabels.ReadKeyAsync(client, reference.Repository, manifest, cancellationToken).ConfigureAwait(false);
        return new RegistryImage(reference, manifest, key) { Lost = lost };
    }

    /// <exception cref="RegistryContentException">There is none.</exception>
    public async Task<Manifest> FindManifestAsync(ImageReference reference, CancellationToken cancellationToken) =>
        await At(reference).FindManifestAsync(reference.Repository, reference.Digest ?? reference.Tag!, cancellationToken).ConfigureAwait(false)
        ?? throw new RegistryContentException($"The registry {reference.Registry} has no {reference.Familiar}.");

    public async Task<Digest?> ResolveAsync(ImageReference reference, CancellationToken cancellationToken) =>
        await At(reference).ResolveAsync(reference.Repository, reference.Digest ?? reference.Tag!, cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// What a tag stands for; of a moving one null also where the registry cannot read it: one that died while it wrote a tag answers 500 for that tag until
    /// somebody writes it anew. That is right to do, for where a moving tag may go is decided by the versions beside it.
    /// </summary>
    public async Task<Digest?> ResolveAsync(PublishTag tag, CancellationToken cancellationToken)
    {
        try
        {
            return await ResolveAsync(tag.Reference, cancellationToken).ConfigureAwait(false);
        }
        catch (RegistryApiException exception) when (tag.Class == TagClass.Moving && exception.StatusCode == System.Net.HttpStatusCode.InternalServerError)
        {
            return null;
        }
    }

    /// <summary>Lets a tag stand for a manifest that its repository has.</summary>
    public Task TagAsync(ImageReference tag, Manifest manifest, CancellationToken cancellationToken) =>
        At(tag).PutManifestAsync(tag.Repository, tag.Tag!, manifest, cancellationToken);

    /// <summary>Copies a whole image by its digest, without a tag. Nothing happens when both repositories are the same.</summary>
    public Task CopyAsync(ImageReference from, ImageReference to, Digest digest, CancellationToken cancellationToken) =>
        new ImageCopy(At(from), from.Repository, At(to), to.Repository).CopyAsync(digest, cancellationToken);

    public void Dispose()
    {
        foreach (var client in _clients.Values.Where(client => client.IsValueCreated))
        {
            client.Value.Dispose();
        }
    }
}
