using Orchestrator.Docker;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>Lets the engine pull images, with the login for their registry, and tells of each pull from its beginning to its end.</summary>
internal sealed class EnginePull(DockerEngine engine, CredentialStore credentials, IPullReporter reporter)
{
    /// <param name="image">What is pulled.</param>
    /// <param name="told">Under which name it is told.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The image as the engine has it now; null when it does not have it all the same.</returns>
    /// <exception cref="DockerApiException">The registry or the engine refuses.</exception>
    /// <exception cref="DockerConfigurationException">The login cannot be found out.</exception>
    public Task<ImageDetails?> RunAsync(ImageReference image, ImageReference told, CancellationToken cancellationToken) => RunAsync(image, told, null, cancellationToken);

    /// <inheritdoc cref="RunAsync(ImageReference, ImageReference, CancellationToken)"/>
    /// <param name="platform">Null is the engine's own.</param>
    public async Task<ImageDetails?> RunAsync(ImageReference image, ImageReference told, string? platform, CancellationToken cancellationToken)
    {
        reporter.Pulling(told);
        try
        {
            var login = await credentials.FindAsync(image.Registry, cancellationToken).ConfigureAwait(false);
            await engine.PullImageAsync(image.ToString(), platform, login, new PulledLayers(told, reporter).Take, cancellationToken).ConfigureAwait(false);
            return await engine.InspectImageAsync(image.ToString(), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            reporter.PullEnded(told);
        }
    }
}
