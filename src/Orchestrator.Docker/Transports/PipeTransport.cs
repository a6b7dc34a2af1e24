using System.IO.Pipes;

namespace Orchestrator.Docker.Transports;

/// <summary>A named pipe such as <c>npipe:////./pipe/docker_engine</c>.</summary>
internal sealed class PipeTransport(DockerEndpoint endpoint) : ITransport
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    public string HostHeader => Transport.LocalHost;

    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var path = endpoint.Address.LocalPath.Replace('\\', '/').Trim('/');
        var marker = path.IndexOf("pipe/", StringComparison.OrdinalIgnoreCase);
        var server = marker > 0 ? path[..marker].Trim('/') : ".";
        var pipe = new NamedPipeClientStream(server, path[(marker < 0 ? 0 : marker + "pipe/".Length)..], PipeDirection.InOut, PipeOptions.Asynchronous);
        try
        {
            await pipe.ConnectAsync(ConnectTimeout, cancellationToken).ConfigureAwait(false);
            return pipe;
        }
        catch (Exception exception) when (exception is TimeoutException or IOException or UnauthorizedAccessException)
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw new DockerUnreachableException($"{endpoint}: {exception.Message}", exception);
        }
        catch
        {
            await pipe.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
