using Orchestrator.Graph;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>A key tag in a registry, and the image that it stands for.</summary>
/// <param name="Build">Which image of its graph it is, it does not say when an earlier version of this program built it.</param>
internal sealed record PublishedKey(ImageReference Reference, Digest Digest, ImageBuild Build);
