using System.Diagnostics;
using System.Text;

namespace Orchestrator.Docker.Transports;

/// <summary>A process's standard input and output as one duplex stream; the end of the stream names what the process complained of.</summary>
internal sealed class ProcessStream : Stream
{
    private const int MaximumComplaint = 2000;

    private readonly Process _process;
    private readonly string _name;
    private readonly StringBuilder _complaint = new();

    public ProcessStream(Process process, string name)
    {
        (_process, _name) = (process, name);
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.BeginErrorReadLine();
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _process.StandardOutput.BaseStream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (read == 0 && buffer.Length > 0)
        {
            await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            lock (_complaint)
            {
                if (_process.ExitCode != 0 && _complaint.Length > 0)
                {
                    throw new DockerUnreachableException($"{_name}: {_complaint.ToString().Trim()}");
                }
            }
        }

        return read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _process.StandardInput.BaseStream.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        await _process.StandardInput.BaseStream.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => _process.StandardOutput.BaseStream.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count)
    {
        _process.StandardInput.BaseStream.Write(buffer, offset, count);
        Flush();
    }

    public override void Flush() => _process.StandardInput.BaseStream.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }

            _process.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Remember(string? line)
    {
        lock (_complaint)
        {
            if (line is not null && _complaint.Length < MaximumComplaint)
            {
                _complaint.AppendLine(line);
            }
        }
    }
}
