using System.Net;
using Orchestrator.Registry.Authentication;
using Orchestrator.Registry.Http;

namespace Orchestrator.Registry;

public sealed partial class RegistryClient
{
    private const string DigestHeader = "Docker-Content-Digest";

    /// <summary>What a tag points to, without reading it.</summary>
    /// <param name="reference">A tag or a digest.</param>
    /// <returns>Null when there is none.</returns>
    public async Task<Digest?> ResolveAsync(string repository, string reference, CancellationToken cancellationToken)
    {
        var request = ManifestRequest(HttpMethod.Head, repository, reference, $"looking for {Shown(repository, reference)}");
        var (isThere, digest) = await ReadAsync(repository, request, (response, _) => Task.FromResult((response.StatusCode != HttpStatusCode.NotFound, Declared(response, repository, reference))), cancellationToken);
        if (!isThere)
        {
            return null;
        }

        // Not every registry says the digest; then the content does.
        return digest ?? (await FindManifestAsync(repository, reference, cancellationToken))?.Digest;
    }

    /// <summary>Whether a manifest need not be sent. A registry that hides what is not there yet gets it; sent twice it does no harm.</summary>
    internal async Task<bool> KnowsManifestAsync(string repository, Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            return await ResolveAsync(repository, digest.ToString(), cancellationToken) is not null;
        }
        catch (RegistryApiException exception) when (exception.MayMeanAbsent)
        {
            return false;
        }
    }

    /// <param name="reference">A tag or a digest.</param>
    /// <returns>Null when there is none.</returns>
    public Task<Manifest?> FindManifestAsync(string repository, string reference, CancellationToken cancellationToken) =>
        ReadAsync(
            repository, ManifestRequest(HttpMethod.Get, repository, reference, $"reading the manifest of {Shown(repository, reference)}"),
            (response, token) => ReadManifestAsync(response, repository, reference, token),
            cancellationToken);

    /// <summary>Stores a manifest under a tag or its own digest; whatever the tag pointed to before stays, without the tag.</summary>
    /// <returns>Whether the registry keeps an index of what is about what (referrers) by itself.</returns>
    public Task<bool> PutManifestAsync(string repository, string reference, Manifest manifest, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Put, $"v2/{Name(repository)}/manifests/{Reference(reference)}")
        {
            Purpose = $"writing {Shown(repository, reference)}",
            Scopes = [AccessScope.Push(repository)],
            Content = () => ProgressingContent.Of(manifest.Content, manifest.MediaType),
        };
        return _sender.SendAsync(
            request,
            (response, _) => Declared(response, repository, manifest.Digest.ToString()) is { } digest && digest != manifest.Digest
                ? throw Lie(repository, reference, $"it stored {digest} instead of {manifest.Digest}")
                : Task.FromResult(response.Headers.Contains("OCI-Subject")),
            cancellationToken);
    }

    /// <summary>Takes a tag away and leaves what it stood for.</summary>
    /// <returns>False when it cannot be said to be gone: this registry deletes manifests only, or there was no such tag.</returns>
    public Task<bool> DeleteTagAsync(string repository, string tag, CancellationToken cancellationToken)
    {
        var request = ManifestRequest(HttpMethod.Delete, repository, tag, $"deleting {Shown(repository, tag)}") with
        {
            Scopes = [AccessScope.Delete(repository)],
            Expected = [HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.MethodNotAllowed],
        };
        return _sender.SendAsync(request, (response, _) => Task.FromResult(response.IsSuccessStatusCode), cancellationToken);
    }

    /// <summary>Deletes a manifest and every tag on it. False when there was none.</summary>
    /// <exception cref="RegistryApiException">Among others, a registry in which nothing can be deleted.</exception>
    public Task<bool> DeleteManifestAsync(string repository, Digest digest, CancellationToken cancellationToken)
    {
        var request = ManifestRequest(HttpMethod.Delete, repository, digest.ToString(), $"deleting {Shown(repository, digest.ToString())}") with { Scopes = [AccessScope.Delete(repository)] };
        return _sender.SendAsync(request, (response, _) => Task.FromResult(response.StatusCode != HttpStatusCode.NotFound), cancellationToken);
    }

    private static RegistryRequest ManifestRequest(HttpMethod method, string repository, string reference, string purpose) =>
        new(method, $"v2/{Name(repository)}/manifests/{Reference(reference)}")
        {
            Purpose = purpose,
            Accept = MediaTypes.Manifests,
            Expected = [HttpStatusCode.NotFound],
        };

    private async Task<Manifest?> ReadManifestAsync(HttpResponseMessage response, string repository, string reference, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        var content = await BodyAsync(response, repository, reference, cancellationToken);
        var digest = Declared(response, repository, reference) ?? (Digest.TryParse(reference, out var asked) ? asked : Digest.Of(content));
        return digest.Matches(content)
            ? Parse(content, response, repository, reference, digest)
            : throw Lie(repository, reference, $"the content that it gives is not {digest}");
    }

    private async Task<byte[]> BodyAsync(HttpResponseMessage response, string repository, string reference, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > Manifest.LongestBytes)
        {
            throw Lie(repository, reference, $"it is longer than {Manifest.LongestBytes} bytes");
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var content = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            content.Write(buffer, 0, count);
            if (content.Length > Manifest.LongestBytes)
            {
                throw Lie(repository, reference, $"it is longer than {Manifest.LongestBytes} bytes");
            }
        }

        return content.ToArray();
    }

    private Manifest Parse(byte[] content, HttpResponseMessage response, string repository, string reference, Digest? digest = null)
    {
        try
        {
            return Manifest.Read(content, response.Content.Headers.ContentType?.MediaType ?? "", digest ?? Digest.Of(content));
        }
        catch (FormatException exception)
        {
            throw Lie(repository, reference, exception.Message);
        }
    }

    /// <summary>The digest that the registry names; null when it names none.</summary>
    private Digest? Declared(HttpResponseMessage response, string repository, string reference)
    {
        if (!response.IsSuccessStatusCode || !response.Headers.TryGetValues(DigestHeader, out var values) || !Digest.TryParse(values.First(), out var digest))
        {
            return null;
        }

        return Digest.TryParse(reference, out var asked) && asked != digest && asked.Algorithm == digest.Algorithm
            ? throw Lie(repository, reference, $"it answers with {digest}")
            : digest;
    }

    private RegistryContentException Lie(string repository, string reference, string why) =>
        new($"The registry {Host} does not give what was asked for, {Shown(repository, reference)}: {why}.");
}
