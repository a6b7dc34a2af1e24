using Orchestrator.Docker;
using Orchestrator.Graph;

namespace Orchestrator.Building;

/// <summary>Gives images of an engine names.</summary>
internal static class EngineNames
{
    /// <param name="engine">That has the image.</param>
    /// <param name="source">The image, by a name or its ID.</param>
    /// <param name="name">What it is called from now on; without a tag it is <c>latest</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DockerApiException">The engine refuses, or does not have the image.</exception>
    public static Task TagImageAsync(this DockerEngine engine, string source, ImageReference name, CancellationToken cancellationToken) =>
        engine.TagImageAsync(source, $"{name.Registry}/{name.Repository}", name.Tag ?? "latest", cancellationToken);
}
