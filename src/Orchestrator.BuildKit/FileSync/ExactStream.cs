namespace Orchestrator.BuildKit.FileSync;

/// <summary>Delivers exactly the bytes that an entry promises: a file that became shorter is an error, what was appended is not sent.</summary>
internal sealed class ExactStream(Stream inner, SyncEntry entry) : Stream
{
    private long _left = entry.Size;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => entry.Size;

    public override long Position { get => entry.Size - _left; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        buffer = buffer[..(int)Math.Min(buffer.Length, _left)];
        return buffer.IsEmpty ? 0 : Count(Translate(inner, buffer));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

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
        }

        base.Dispose(disposing);
    }

    private int Translate(Stream stream, Span<byte> buffer)
    {
        try
        {
            return stream.Read(buffer);
        }
        catch (IOException exception)
        {
            throw new SyncTreeException($"'{entry.Path}' cannot be read: {exception.Message}", exception);
        }
    }

    private int Count(int read)
    {
        if (read == 0)
        {
            throw new SyncTreeException($"'{entry.Path}' became shorter while it was read");
        }

        _left -= read;
        return read;
    }
}
