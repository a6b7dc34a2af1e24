using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>An image that a registry has for a key; its label was read and tells that key.</summary>
/// <param name="Name">Of the image in the graph.</param>
/// <param name="Reference">By digest.</param>
/// <param name="Identity">Its content identity, the same as it has on an engine.</param>
/// <param name="BasesContent">Which builds of its bases it was built on; null when it does not say.</param>
/// <param name="Size">Bytes of its layers as the registry has them.</param>
internal sealed record RememberedImage(string Name, ImageReference Reference, string Identity, string? BasesContent, long Size);
