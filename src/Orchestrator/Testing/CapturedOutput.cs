using System.Buffers;
using System.Globalization;
using System.Text;
using Orchestrator.Docker;

namespace Orchestrator.Testing;

/// <summary>What a container wrote: each stream, and both as they arrived.</summary>
internal sealed class CapturedOutput
{
    /// <summary>Far more than a test needs, and little enough to keep.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly ArrayBufferWriter<byte> _error = new();
    private readonly ArrayBufferWriter<byte> _both = new();

    public string StandardOutput => Text(_output);

    public string StandardError => Text(_error);

    public string Both => Text(_both);

    /// <returns>False when it is too much.</returns>
    public bool Add(ContainerChunk chunk)
    {
        (chunk.IsError ? _error : _output).Write(chunk.Data.Span);
        _both.Write(chunk.Data.Span);
        return _both.WrittenCount <= MaximumBytes;
    }

    /// <summary>What is kept of it when the test is over.</summary>
    /// <param name="most">Bytes of each stream; of more than that the last ones are kept, behind a line that says so.</param>
    public (string StandardOutput, string StandardError, string Both) Last(int most) => (Last(_output, most), Last(_error, most), Last(_both, most));

    private static string Last(ArrayBufferWriter<byte> bytes, int most)
    {
        var left = bytes.WrittenCount - most;
        if (left <= 0)
        {
            return Text(bytes);
        }

        // Not from within a character on.
        while (left < bytes.WrittenCount && (bytes.WrittenSpan[left] & 0xC0) == 0x80)
        {
            left++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"… {left} bytes before this are left out\n{Encoding.UTF8.GetString(bytes.WrittenSpan[left..])}");
    }

    private static string Text(ArrayBufferWriter<byte> bytes) => Encoding.UTF8.GetString(bytes.WrittenSpan);
}
