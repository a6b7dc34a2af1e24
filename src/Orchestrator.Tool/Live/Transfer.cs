namespace Orchestrator.Tool.Live;

/// <summary>Bytes on their way.</summary>
/// <param name="Current">Bytes that arrived.</param>
/// <param name="Total">Bytes that there are; 0: not known.</param>
internal readonly record struct Transfer(long Current, long Total)
{
    /// <summary>Below this nobody wants to see it come.</summary>
    private const long Small = 1_000_000;

    public bool IsLarge => Math.Max(Current, Total) >= Small;

    public string Text => Total > Current ? $"{ByteText.Of(Current)} / {ByteText.Of(Total)}" : ByteText.Of(Current);
}
