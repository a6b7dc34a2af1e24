using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>An image as one file says it.</summary>
/// <param name="Key">In images.yml, or of a Compose service; the place is where the image is declared.</param>
internal sealed record NamedSection(Located<string> Key, ImageSection Section);
