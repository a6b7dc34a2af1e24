using System.Net.Sockets;

namespace Orchestrator.Docker.Transports;

internal sealed class UnixTransport(DockerEndpoint endpoint) : ITransport
{
    public string HostHeader => Transport.LocalHost;

    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var path = endpoint.Address.LocalPath;
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            socket.Dispose();
            throw new DockerUnreachableException($"{endpoint}: {Explain(exception, path)}", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Explain(Exception exception, string path) => exception switch
    {
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "permission denied on the socket; is the user in the group 'docker'?",
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "the socket is there, but no engine listens on it.",
        SocketException when !File.Exists(path) => "there is no such socket.",
        _ => exception.Message,
    };
}
