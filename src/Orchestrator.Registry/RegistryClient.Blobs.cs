using System.Net;
using Orchestrator.Registry.Authentication;
using Orchestrator.Registry.Blobs;
using Orchestrator.Registry.Http;

namespace Orchestrator.Registry;

public sealed partial class RegistryClient
{
    private const int LongestConfigBytes = 16 * 1024 * 1024;

    public Task<bool> HasBlobAsync(string repository, Digest digest, CancellationToken cancellationToken) =>
        ReadAsync(
            repository, BlobRequest(HttpMethod.Head, repository, digest, "looking for") with { Expected = [HttpStatusCode.NotFound] },
            (response, _) => Task.FromResult(response.StatusCode != HttpStatusCode.NotFound), cancellationToken);

    /// <summary>
    /// A blob as a stream that is read once, from front to end; a lost connection is taken up again where it broke. The end is only
    /// reached when size and digest are right, else <see cref="RegistryContentException"/>.
    /// </summary>
    /// <param name="from">The first byte; from another than 0 the digest cannot be checked.</param>
    public async Task<Stream> OpenBlobAsync(string repository, Descriptor blob, long from, CancellationToken cancellationToken)
    {
        var stream = new BlobStream(_sender, BlobRequest(HttpMethod.Get, repository, blob.Digest, "reading"), blob, from);
        try
        {
            await stream.OpenAsync(cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>A small blob, such as an image's configuration, whole and checked.</summary>
    public Task<byte[]> ReadBlobAsync(string repository, Descriptor blob, CancellationToken cancellationToken) =>
        blob.Size > LongestConfigBytes
            ? throw Lie(repository, blob.Digest.ToString(), $"it is longer than {LongestConfigBytes} bytes")
            : _sender.WithinBudgetAsync(async token =>
            {
                await using var stream = await OpenBlobAsync(repository, blob, 0, token);
                using var content = new MemoryStream((int)blob.Size);
                await stream.CopyToAsync(content, token);
                return content.ToArray();
            }, cancellationToken);

    /// <summary>Uploads a blob that is not there yet; nothing of it is held in memory.</summary>
    /// <param name="open">Opens its content from a byte on; called again after a lost connection.</param>
    /// <param name="moved">Hears of the bytes that went out, also of those that were lost on the way.</param>
    /// <returns>False when it was there already.</returns>
    public async Task<bool> UploadBlobAsync(
        string repository, Descriptor blob, Func<long, CancellationToken, Task<Stream>> open, Action<long>? moved, CancellationToken cancellationToken)
    {
        if (await KnowsBlobAsync(repository, blob.Digest, cancellationToken))
        {
            return false;
        }

        await new BlobUpload(_sender, Name(repository), blob, open, moved).RunAsync(cancellationToken);
        return true;
    }

    /// <summary>Makes a blob of one repository appear in another of this registry, without sending it.</summary>
    /// <returns>False when the registry does not do that; then it has to be uploaded.</returns>
    public Task<bool> MountBlobAsync(string repository, Digest digest, string from, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Post, $"v2/{Name(repository)}/blobs/uploads/?mount={Uri.EscapeDataString(digest.ToString())}&from={Uri.EscapeDataString(Name(from))}")
        {
            Purpose = $"mounting {digest} of {from} into {repository}",
            Scopes = AccessScope.Merge([AccessScope.Push(repository), AccessScope.Pull(from)]),
            Content = () => ProgressingContent.Of(ReadOnlyMemory<byte>.Empty, "application/octet-stream"),
        };
        // 202 has opened an upload instead; it is left to end by itself, as Docker does.
        return _sender.SendAsync(request, (response, _) => Task.FromResult(response.StatusCode == HttpStatusCode.Created), cancellationToken);
    }

    /// <summary>Whether a blob need not be sent. A registry that hides what is not there yet gets it; sent twice it does no harm.</summary>
    internal async Task<bool> KnowsBlobAsync(string repository, Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            return await HasBlobAsync(repository, digest, cancellationToken);
        }
        catch (RegistryApiException exception) when (exception.MayMeanAbsent)
        {
            return false;
        }
    }

    private RegistryRequest BlobRequest(HttpMethod method, string repository, Digest digest, string doing) =>
        new(method, $"v2/{Name(repository)}/blobs/{digest}") { Purpose = $"{doing} {digest} of {repository}", Scopes = [ReadScope(repository)] };
}
