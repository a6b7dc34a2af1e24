using Orchestrator.Diagnostics;

namespace Orchestrator.Graph;

/// <summary>A service of a Compose project that builds nothing: its image must be there before the project starts.</summary>
/// <param name="Name">The service.</param>
/// <param name="Image">What its containers are started from; the place is where the image is named.</param>
internal sealed record ServiceImage(string Name, Located<ImageReference> Image);
