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
    public async Task<PinAnswer> ResolveAsync(ImageReference source, CancellationToken cancellationToken)
    {
        try
        {
            var login = await credentials.FindAsync(source.Registry, cancellationToken).ConfigureAwait(false);
            return new PinAnswer(new Pin(source, null, await engine.ResolveImageAsync(source.ToString(), login, cancellationToken).ConfigureAwait(false)), "");
        }
        catch (DockerApiException exception)
        {
            return await LocalAsync(source, exception.EngineMessage.TrimEnd('.'), cancellationToken).ConfigureAwait(false);
        }
        catch (DockerConfigurationException exception)
        {
            return new PinAnswer(null, exception.Message.TrimEnd('.'));
        }
    }

    private async Task<PinAnswer> LocalAsync(ImageReference source, string refusal, CancellationToken cancellationToken) =>
        await engine.InspectImageAsync(source.ToString(), cancellationToken).ConfigureAwait(false) is { } image
            ? new PinAnswer(new Pin(source, platform, Pin.Content(ContentIdentity.Of(image))), $", the content on this engine, for {platform} only: its registry says '{refusal}'")
            : new PinAnswer(null, $"its registry says '{refusal}', and the engine does not have it");
}
