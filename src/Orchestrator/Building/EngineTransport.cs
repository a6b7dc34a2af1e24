using Orchestrator.BuildKit;
using Orchestrator.Docker;

namespace Orchestrator.Building;

/// <summary>The channels to the BuildKit inside a Docker Engine.</summary>
internal sealed class EngineTransport(DockerEngine engine) : IBuildKitTransport
{
    private const string Protocol = "h2c";

    public Task<Stream> OpenControlAsync(CancellationToken cancellationToken) => UpgradeAsync("/grpc", [], cancellationToken);

    public Task<Stream> OpenSessionAsync(IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken) =>
        UpgradeAsync("/session", headers, cancellationToken);

    private async Task<Stream> UpgradeAsync(string path, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.UpgradeAsync(path, Protocol, headers, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is DockerUnreachableException or DockerApiException)
        {
            throw new BuildKitConnectionException(exception.Message, exception);
        }
    }
}
