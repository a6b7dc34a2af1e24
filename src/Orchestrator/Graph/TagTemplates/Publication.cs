using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.TagTemplates;

/// <summary>A name under which an image is published, and the tags that it gets there.</summary>
/// <param name="Name">The local name; its tag has no meaning here.</param>
/// <param name="Templates">Those of the target, else of the image, else of <c>defaults</c>, else of the graph.</param>
internal sealed record Publication(Located<ImageReference> Name, IReadOnlyList<TagTemplate> Templates);
