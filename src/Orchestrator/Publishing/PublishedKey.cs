using Orchestrator.Graph;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>A key tag in a registry, and the image that it stands for.</summary>
/// <param name="Created">When the image was built, as it says itself.</param>
internal sealed record PublishedKey(ImageReference Reference, Digest Digest, DateTimeOffset Created);
