namespace Orchestrator.Docker.Http;

/// <summary>A body that lasts until the peer closes the connection.</summary>
internal sealed class CloseDecoder : BodyDecoder
{
    public override bool IsComplete => false;

    public override bool EndsAtClose => true;

    public override BodyStep Decode(ReadOnlySpan<byte> input, int wanted)
    {
        var count = Math.Min(input.Length, wanted);
        return new BodyStep(count, count);
    }
}
