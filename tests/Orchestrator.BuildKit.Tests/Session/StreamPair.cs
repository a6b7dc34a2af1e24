using System.IO.Pipelines;

namespace Orchestrator.BuildKit.Tests.Session;

/// <summary>Two streams that are each other's peer, in memory.</summary>
internal sealed class StreamPair
{
    public StreamPair()
    {
        var there = new Pipe();
        var back = new Pipe();
        Left = new End(back.Reader.AsStream(), there.Writer);
        Right = new End(there.Reader.AsStream(), back.Writer);
    }

    public Stream Left { get; }

    public Stream Right { get; }

    private sealed class End(Stream input, PipeWriter output) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            input.ReadAsync(buffer, cancellationToken);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if ((await output.WriteAsync(buffer, cancellationToken)).IsCompleted)
            {
                throw new IOException("The other end is closed.");
            }
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            output.Complete();
            output.CancelPendingFlush();
            input.Dispose();
            base.Dispose(disposing);
        }
    }
}
