using System.Net;
using Orchestrator.Registry.Authentication;
using Orchestrator.Registry.Http;

namespace Orchestrator.Registry.Blobs;

/// <summary>
/// One upload. Protocol (https://github.com/opencontainers/distribution-spec, "Pushing a blob"): POST opens it, PATCH adds, PUT with the digest
/// ends it; each answer names the place of the next. After a failure the registry is asked how much it has; an upload that it does not know any
/// more, or knows otherwise than we do, begins anew.
/// </summary>
/// <param name="open">Opens the blob's content from a byte on; may be called several times.</param>
internal sealed class BlobUpload(
    RegistrySender sender, string repository, Descriptor blob, Func<long, CancellationToken, Task<Stream>> open, Action<long>? moved)
{
    private const string BlobType = "application/octet-stream";

    private readonly string _purpose = $"uploading {blob.Digest} to {repository}";
    private string? _location;
    private long _offset;
    private bool _isUncertain;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var attempts = 0;
        while (true)
        {
            var before = _offset;
            try
            {
                await sender.Retrying.ExecuteAsync(async token => await AttemptAsync(token), cancellationToken);
                return;
            }
            catch (RegistryUnreachableException exception) when (exception.IsTransient && _offset > before && attempts++ < sender.Options.Retries)
            {
                // It went forward: a long upload over a bad line may have more interruptions than one request.
            }
        }
    }

    private async Task AttemptAsync(CancellationToken cancellationToken)
    {
        if (_isUncertain)
        {
            await ResumeAsync(cancellationToken);
        }

        if (_location is null)
        {
            _location = await sender.SendOnceAsync(Request(HttpMethod.Post, $"v2/{repository}/blobs/uploads/", Empty), NextAsync, cancellationToken);
            _offset = 0;
        }

        try
        {
            while (_offset < blob.Size)
            {
                await AddAsync(cancellationToken);
            }

            await CommitAsync(cancellationToken);
        }
        catch (RegistryApiException exception) when (IsLost(exception))
        {
            _location = null;
            throw new RegistryUnreachableException(exception.Message, isTransient: true, exception);
        }
        catch (Exception exception) when (exception is RegistryUnreachableException or RegistryApiException { IsTransient: true })
        {
            _isUncertain = true;
            throw;
        }
    }

    /// <summary>One request with what is missing, or with as much of it as one request may have.</summary>
    private async Task AddAsync(CancellationToken cancellationToken)
    {
        var from = _offset;
        var count = Math.Min(sender.Options.UploadChunkBytes ?? long.MaxValue, blob.Size - from);
        var request = Request(HttpMethod.Patch, _location!, () =>
        {
            var content = new ProgressingContent(token => open(from, token), count, BlobType) { Moved = moved };
            if (count < blob.Size)
            {
                content.Headers.TryAddWithoutValidation("Content-Range", $"{from}-{from + count - 1}");
            }

            return content;
        });
        _location = await sender.SendOnceAsync(request, NextAsync, cancellationToken);
        _offset = from + count;
    }

    private Task<bool> CommitAsync(CancellationToken cancellationToken)
    {
        var separator = _location!.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        return sender.SendOnceAsync(
            Request(HttpMethod.Put, $"{_location}{separator}digest={Uri.EscapeDataString(blob.Digest.ToString())}", Empty), (_, _) => Task.FromResult(true), cancellationToken);
    }

    /// <summary>Learns how much the registry has; afterwards the upload goes on from there or has no place.</summary>
    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        _isUncertain = false;
        if (_location is null)
        {
            return;
        }

        try
        {
            _location = await sender.SendOnceAsync(Request(HttpMethod.Get, _location, null), async (response, token) =>
            {
                _offset = End(response);
                return _offset > 0 && _offset <= blob.Size ? await NextAsync(response, token) : null;
            }, cancellationToken);
        }
        catch (Exception exception) when (exception is RegistryUnreachableException or RegistryApiException { IsTransient: true })
        {
            _isUncertain = true;
            throw;
        }
        catch (RegistryApiException)
        {
            // It does not know the upload any more, or answers no such question (405): either way nobody can say where to go on.
            _location = null;
        }
    }

    /// <summary>The number of bytes that the registry has. <c>0-0</c> may mean none or one, so it counts as none.</summary>
    private static long End(HttpResponseMessage response)
    {
        var range = response.Headers.TryGetValues("Range", out var values) ? values.First() : "";
        var dash = range.LastIndexOf('-');
        return dash >= 0 && long.TryParse(range.AsSpan(dash + 1), out var last) && last > 0 ? last + 1 : 0;
    }

    private Task<string> NextAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.Headers.Location is { } next
            ? Task.FromResult(next.IsAbsoluteUri ? next.AbsoluteUri : next.OriginalString)
            : throw new RegistryContentException($"The registry {sender.Host} does not say where the upload goes on, {_purpose}.");

    private RegistryRequest Request(HttpMethod method, string target, Func<ProgressingContent>? content) =>
        new(method, target) { Purpose = _purpose, Scopes = [AccessScope.Push(repository)], Content = content };

    private static ProgressingContent Empty() => ProgressingContent.Of(ReadOnlyMemory<byte>.Empty, BlobType);

    /// <summary>The registry does not know this upload any more, or has another part of it than we believed.</summary>
    private static bool IsLost(RegistryApiException exception) =>
        exception.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.RequestedRangeNotSatisfiable || exception.Codes.Contains("BLOB_UPLOAD_INVALID");
}
