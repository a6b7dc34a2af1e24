using System.Buffers;
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

    private static string Text(ArrayBufferWriter<byte> bytes) => Encoding.UTF8.GetString(bytes.WrittenSpan);
}
