using System.Net;
using System.Security.Cryptography;
using Orchestrator.Registry.Http;

namespace Orchestrator.Registry.Blobs;

/// <summary>
/// A blob while it arrives. A connection that breaks off is taken up again where it broke; the end is reached only when the size and the digest
/// are what they should be.
/// </summary>
/// <param name="start">The first byte that is wanted; from another than 0 only the size can be checked.</param>
internal sealed class BlobStream(RegistrySender sender, RegistryRequest request, Descriptor blob, long start) : Stream
{
    private readonly IncrementalHash? _hash = start == 0 ? blob.Digest.StartHash() : null;
    private OpenAnswer? _answer;
    private Stream? _body;
    private long _position = start;
    private int _failures;
    private bool _isChecked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    /// <summary>Asks the registry, so that its refusal is heard before anything is read.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) => sender.Retrying.ExecuteAsync(async token => await ConnectAsync(token), cancellationToken).AsTask();

    /// <exception cref="RegistryContentException">The content is not what its digest and size say; thrown before the last byte is known as such.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var count = await ReadSomeAsync(buffer, cancellationToken);
                _failures = 0;
                return count;
            }
            catch (RegistryUnreachableException exception) when (exception.IsTransient && _failures++ < sender.Options.Retries)
            {
                await CloseAsync();
                await Task.Delay(sender.Options.FirstDelay, sender.Options.Time, cancellationToken);
                await OpenAsync(cancellationToken);
            }
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("read asynchronously");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _hash?.Dispose();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _answer?.Dispose();
            _hash?.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<int> ReadSomeAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var timer = new SilenceTimer(sender.Options.Silence, sender.Options.Time, cancellationToken);
        int count;
        try
        {
            count = await _body!.ReadAsync(buffer, timer.Token);
        }
        catch (OperationCanceledException) when (timer.IsOver && !cancellationToken.IsCancellationRequested)
        {
            throw sender.Silent(request.Purpose);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw sender.Broken(request.Purpose, exception);
        }

        _hash?.AppendData(buffer.Span[..count]);
        _position += count;
        if (_position > blob.Size)
        {
            throw Lie($"it is longer than {blob.Size} bytes");
        }

        if (count == 0 && buffer.Length > 0)
        {
            CheckEnd();
        }

        return count;
    }

    private void CheckEnd()
    {
        if (_isChecked)
        {
            return;
        }

        if (_position < blob.Size)
        {
            throw sender.Broken(request.Purpose, new EndOfStreamException($"it ended at byte {_position} of {blob.Size}"));
        }

        if (_hash is not null && Convert.ToHexStringLower(_hash.GetHashAndReset()) != blob.Digest.Hex)
        {
            throw Lie("its content has another digest");
        }

        _isChecked = true;
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _answer?.Dispose();
        _answer = await sender.OpenAsync(request with { From = _position }, cancellationToken);
        var response = _answer.Response;
        _body = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (_position > 0 && response.StatusCode != HttpStatusCode.PartialContent)
        {
            await SkipAsync(_position, cancellationToken);
        }
    }

    /// <summary>For a registry that knows no ranges.</summary>
    private async Task SkipAsync(long count, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (count > 0)
            {
                var piece = buffer.AsMemory(0, (int)Math.Min(count, buffer.Length));
                await _body!.ReadExactlyAsync(piece, cancellationToken);
                count -= piece.Length;
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw sender.Broken(request.Purpose, exception);
        }
    }

    private async ValueTask CloseAsync()
    {
        if (_body is not null)
        {
            await _body.DisposeAsync();
        }

        _answer?.Dispose();
    }

    private RegistryContentException Lie(string why) => new($"The registry {sender.Host} does not give what was asked for, {request.Purpose}: {why}.");
}
