using System.Net.Sockets;

namespace Orchestrator.Docker.Transports;

internal sealed class TcpTransport(DockerEndpoint endpoint) : ITransport
{
    private const int DefaultPort = 2375;

    public string HostHeader => endpoint.Address.Authority;

    public Task<Stream> ConnectAsync(CancellationToken cancellationToken) => ConnectAsync(endpoint, DefaultPort, cancellationToken);

    internal static async Task<Stream> ConnectAsync(DockerEndpoint endpoint, int defaultPort, CancellationToken cancellationToken)
    {
        var port = endpoint.Address.IsDefaultPort || endpoint.Address.Port < 0 ? defaultPort : endpoint.Address.Port;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint.Address.DnsSafeHost, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new DockerUnreachableException($"{endpoint}: {exception.Message}.", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
