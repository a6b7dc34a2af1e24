using System.Diagnostics;

namespace Orchestrator.Docker.Transports;

/// <summary>
/// A process's input and output as one duplex stream. Owns the process: disposing ends it. When the process ends by itself with
/// an error, the next read or write says so with the last lines of its error output.
/// </summary>
internal sealed class ProcessStream : Stream
{
    private const int KeptErrorLines = 5;

    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly string _program;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly Task<IReadOnlyList<string>> _errors;

    public ProcessStream(Process process, string program)
    {
        _process = process;
        _program = program;
        _input = process.StandardInput.BaseStream;
        _output = process.StandardOutput.BaseStream;
        _errors = ReadErrorsAsync(process.StandardError);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await _output.ReadAsync(buffer, cancellationToken);
        if (count == 0 && buffer.Length > 0)
        {
            await ThrowIfFailedAsync(null, cancellationToken);
        }

        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await _input.WriteAsync(buffer, cancellationToken);
            await _input.FlushAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            await ThrowIfFailedAsync(exception, cancellationToken);
            throw;
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => _output.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count)
    {
        _input.Write(buffer, offset, count);
        _input.Flush();
    }

    public override void Flush() => _input.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => _input.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        Kill();
        await _errors;
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Kill();
            _process.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task ThrowIfFailedAsync(Exception? cause, CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken).WaitAsync(ExitPatience, cancellationToken);
        }
        catch (TimeoutException)
        {
            return; // it closed its output and lives on: an ordinary end of the stream
        }

        if (_process.ExitCode != 0)
        {
            var lines = await _errors.WaitAsync(cancellationToken);
            var said = lines.Count == 0 ? "" : $": {string.Join(' ', lines)}";
            throw new TransportException($"{_program} ended with exit code {_process.ExitCode}{said}", cause);
        }
    }

    private static async Task<IReadOnlyList<string>> ReadErrorsAsync(StreamReader reader)
    {
        var lines = new Queue<string>();
        try
        {
            while (await reader.ReadLineAsync(CancellationToken.None) is { } line)
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    lines.Enqueue(line.Trim());
                }

                if (lines.Count > KeptErrorLines)
                {
                    lines.Dequeue();
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // Torn down while reading: what was said so far is all there is.
        }

        return [.. lines];
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception or NotSupportedException)
        {
            // It has ended already.
        }
    }
}
