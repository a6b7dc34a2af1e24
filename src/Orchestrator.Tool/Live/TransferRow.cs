namespace Orchestrator.Tool.Live;

/// <summary>An image on its way from or to a registry.</summary>
/// <param name="Verb"><c>pulling</c>, <c>pushing</c>.</param>
/// <param name="Name">The image.</param>
/// <param name="Started">Since the run began.</param>
internal sealed record TransferRow(string Verb, string Name, TimeSpan Started)
{
    public Transfer Bytes { get; set; }
}
