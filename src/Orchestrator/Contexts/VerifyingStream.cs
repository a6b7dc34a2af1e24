using System.Security.Cryptography;
using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.Contexts;

/// <summary>
/// Passes a file's bytes on and hashes them on the way. The last byte is held back until the hash of the whole is known to be the planned
/// one: a receiver that got every byte got the planned file.
/// </summary>
internal sealed class VerifyingStream(Stream inner, SyncEntry entry, ContentHash expectedHash) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _delivered;
    private bool _verified;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => entry.Size;

    public override long Position { get => _delivered; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = inner.Read(buffer);
        }
        catch (SyncTreeException)
        {
            throw new ContextChangedException(entry.Path);
        }

        _hash.AppendData(buffer[..read]);
        _delivered += read;
        VerifyAtEnd(read, buffer.Length);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (SyncTreeException)
        {
            throw new ContextChangedException(entry.Path);
        }

        _hash.AppendData(buffer.Span[..read]);
        _delivered += read;
        VerifyAtEnd(read, buffer.Length);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Throws before the read that completes the file returns, so the bytes of that read are never sent.</summary>
    private void VerifyAtEnd(int read, int wanted)
    {
        if (_verified || (_delivered < entry.Size && !(read == 0 && wanted > 0)))
        {
            return;
        }

        _verified = true;
        if (_delivered != entry.Size || ContentHash.From(_hash.GetHashAndReset()) != expectedHash)
        {
            throw new ContextChangedException(entry.Path);
        }
    }
}
