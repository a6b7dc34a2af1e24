namespace Orchestrator.Docker;

/// <summary>What became of one layer of an image that is being pushed.</summary>
/// <param name="Layer">A short name of the layer, as the engine shows it.</param>
/// <param name="Bytes">How many went out so far, as the engine counts: before compression.</param>
public readonly record struct PushProgress(string Layer, PushedLayer State, long Bytes)
{
    /// <summary>Bytes that the layer has; 0: not known.</summary>
    public long Total { get; init; }
}
