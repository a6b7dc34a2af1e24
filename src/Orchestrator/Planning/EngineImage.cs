using Orchestrator.Docker;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>What the engine has of an image of the graph.</summary>
/// <param name="Planned">What would happen to it now.</param>
/// <param name="Found">The build with the image's key, else the one that has its name; null when there is neither.</param>
/// <param name="Names">The image's own local names that mean this build.</param>
internal sealed record EngineImage(PlannedImage Planned, ImageSummary? Found, IReadOnlyList<string> Names)
{
    /// <param name="here">All images of the engine.</param>
    public static EngineImage Of(PlannedImage planned, IReadOnlyList<ImageSummary> here)
    {
        var local = planned.Image.Node.LocalNames.Select(name => name.Value).ToList();
        var found = here.FirstOrDefault(image => image.Id == planned.ImageId) ?? here.FirstOrDefault(image => local.Exists(name => Has(image, name)));
        return new EngineImage(planned, found, found is null ? [] : [.. local.Where(name => Has(found, name)).Select(name => name.Familiar)]);
    }

    private static bool Has(ImageSummary image, ImageReference name) => image.RepoTags.Any(tag => ImageReference.TryParse(tag, out var reference) && reference == name);
}
