namespace Orchestrator.Building;

/// <summary>The engine does not have any more what an image was to be built from, and it cannot be had again. Blast radius: what is built from it.</summary>
/// <param name="shown">The image, for a person.</param>
internal sealed class HeldImageGoneException(string shown) : Exception($"'{shown}' is not on the engine any more.")
{
    /// <summary>The image, for a person.</summary>
    public string Shown => shown;
}
