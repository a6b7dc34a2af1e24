namespace Orchestrator.Docker;

/// <summary>Something that the engine tells while it pulls an image.</summary>
/// <param name="Layer">A short name of the layer that it is about; empty when it is about the image.</param>
/// <param name="Status">In the engine's words, such as <c>Downloading</c>.</param>
/// <param name="Current">Bytes of the layer that are done, as it is compressed; 0 when the engine does not count.</param>
/// <param name="Total">Bytes that the layer has; 0: not known.</param>
public readonly record struct PullProgress(string Layer, string Status, long Current, long Total);
