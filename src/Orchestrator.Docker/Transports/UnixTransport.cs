using System.Net.Sockets;

namespace Orchestrator.Docker.Transports;

/// <summary>A Unix domain socket.</summary>
internal sealed class UnixTransport : ITransport
{
    private readonly string _path;
    private readonly UnixDomainSocketEndPoint _endPoint;

    /// <exception cref="DockerConfigurationException">The path is longer than the system allows for a socket.</exception>
    public UnixTransport(string path, string origin)
    {
        _path = path;
        try
        {
            _endPoint = new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new DockerConfigurationException($"The path of the Docker socket {path} from {origin} is too long for a socket.", exception);
        }
    }

    public string Host => TransportChoice.LocalHost;

    public int ConnectionLimit => TransportChoice.ConnectionLimit;

    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(_endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new TransportException(Reason(exception), exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>.NET reports a missing socket as "address not available", which helps nobody.</summary>
    private string Reason(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.AccessDenied => "permission denied on the socket; is the user in group docker?",
        SocketError.ConnectionRefused => "nothing listens on the socket; is the engine running?",
        _ when !File.Exists(_path) => "there is no such socket; is the engine running?",
        _ => exception.Message,
    };
}
