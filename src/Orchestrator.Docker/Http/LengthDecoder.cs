namespace Orchestrator.Docker.Http;

/// <summary>A body whose length was announced.</summary>
internal sealed class LengthDecoder(long length) : BodyDecoder
{
    private long _remaining = length;

    public override bool IsComplete => _remaining == 0;

    public override BodyStep Decode(ReadOnlySpan<byte> input, int wanted)
    {
        var count = (int)Math.Min(Math.Min(input.Length, wanted), _remaining);
        _remaining -= count;
        return new BodyStep(count, count);
    }
}
