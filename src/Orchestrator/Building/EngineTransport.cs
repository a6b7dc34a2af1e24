using Orchestrator.BuildKit;
using Orchestrator.Docker;

namespace Orchestrator.Building;

/// <summary>The channels to the BuildKit inside a Docker Engine. An engine that refuses one (a status below 500) is no lost connection; its own exception says why.</summary>
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
        catch (Exception exception) when (exception is DockerUnreachableException or DockerApiException { StatusCode: >= 500 })
        {
            throw new BuildKitConnectionException(exception.Message, exception);
        }
    }
}
