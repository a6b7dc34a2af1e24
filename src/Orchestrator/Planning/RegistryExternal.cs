using Orchestrator.Docker;

namespace Orchestrator.Planning;

/// <summary>An external image as its registry has it.</summary>
/// <param name="Digest">What the reference stands for: an index where there is one.</param>
/// <param name="Image">For the engine's platform, as an engine would describe it once it was pulled; without ID and names.</param>
internal sealed record RegistryExternal(string Digest, ImageDetails Image);
