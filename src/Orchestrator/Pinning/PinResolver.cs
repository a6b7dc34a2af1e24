using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Locking;
using Orchestrator.Planning;

namespace Orchestrator.Pinning;

/// <summary>
/// Finds out what a reference stands for now. The engine asks the registry, with its own mirrors and certificates; nothing is fetched. An image that no registry
/// has is pinned by its content on the engine.
/// </summary>
internal sealed class PinResolver(DockerEngine engine, CredentialStore credentials, string platform)
{
    /// <param name="source">The reference.</param>
    /// <param name="wanted">The platform whose content is pinned where no registry has the image.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PinAnswer> ResolveAsync(ImageReference source, string wanted, CancellationToken cancellationToken)
    {
        try
        {
            var login = await credentials.FindAsync(source.Registry, cancellationToken).ConfigureAwait(false);
            var digest = await engine.ResolveImageAsync(source.ToString(), login, cancellationToken).ConfigureAwait(false);
            return Pin.IsDigest(digest) ? new PinAnswer(new Pin(source, null, digest), "") : new PinAnswer(null, $"its registry knows it as '{digest}', of a kind that no lock file has");
        }
        catch (DockerApiException exception)
        {
            return await LocalAsync(source, wanted, exception.EngineMessage.TrimEnd('.'), cancellationToken).ConfigureAwait(false);
        }
        catch (DockerConfigurationException exception)
        {
            return new PinAnswer(null, exception.Message.TrimEnd('.'));
        }
    }

    private async Task<PinAnswer> LocalAsync(ImageReference source, string wanted, string refusal, CancellationToken cancellationToken) =>
        await FindAsync(source.ToString(), wanted, cancellationToken).ConfigureAwait(false) is { } image
            ? new PinAnswer(new Pin(source, wanted, Pin.Content(ContentIdentity.Of(image))), $", the content on this engine, for {wanted} only: its registry says '{refusal}'")
            : new PinAnswer(null, $"its registry says '{refusal}', and the engine does not have it{(wanted == platform ? "" : $" for {wanted}")}");

    private Task<ImageDetails?> FindAsync(string source, string wanted, CancellationToken cancellationToken) =>
        wanted == platform ? engine.InspectImageAsync(source, cancellationToken) : EnginePlatforms.OneAsync(engine, source, wanted, cancellationToken);
}
