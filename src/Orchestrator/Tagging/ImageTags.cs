using Orchestrator.Graph;

namespace Orchestrator.Tagging;

/// <summary>Everything that one image is published as, in the order of the templates. Empty: the image is not published.</summary>
internal sealed record ImageTags(ImageNode Node, IReadOnlyList<PublishTag> Tags);
