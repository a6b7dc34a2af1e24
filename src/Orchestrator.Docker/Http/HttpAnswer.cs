namespace Orchestrator.Docker.Http;

/// <summary>An answer that was read to its end.</summary>
internal sealed record HttpAnswer(ResponseHead Head, byte[] Body)
{
    public bool IsSuccess => Head.Status is >= 200 and < 300;
}
