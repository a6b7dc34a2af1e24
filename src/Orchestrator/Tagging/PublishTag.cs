using NuGet.Versioning;
using Orchestrator.Graph;
using Orchestrator.Graph.TagTemplates;

namespace Orchestrator.Tagging;

/// <summary>A tag that an image gets when it is published.</summary>
/// <param name="Reference">Registry, repository and tag; a push takes it as it is.</param>
/// <param name="StandsFor">
/// The version of the image that the tag would point to. Null where versions do not order the tag: it follows a branch, or no version is known.
/// </param>
internal sealed record PublishTag(ImageReference Reference, TagClass Class, NuGetVersion? StandsFor, TagTemplate Template)
{
    public string Tag => Reference.Tag!;
}
