using Orchestrator.Graph;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>A key tag in a registry, and the image that it stands for.</summary>
/// <param name="Created">When the image was built, as it says itself.</param>
/// <param name="Image">Which image of its graph it is, as it says itself; null when it does not, for earlier versions of this program did not write that.</param>
internal sealed record PublishedKey(ImageReference Reference, Digest Digest, DateTimeOffset Created, string? Image);
