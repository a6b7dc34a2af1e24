using System.Net.Sockets;

namespace Orchestrator.Docker.Transports;

/// <summary>TCP, by itself without any protection.</summary>
internal sealed class TcpTransport(Uri address) : ITransport
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    public string Host => address.Authority;

    public int ConnectionLimit => TransportChoice.ConnectionLimit;

    /// <summary>The name that a certificate has to be for.</summary>
    public string HostName => address.DnsSafeHost;

    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(ConnectTimeout);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(address.DnsSafeHost, address.Port, limited.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new TransportException(Reason(exception), exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new TransportException($"no answer within {ConnectTimeout.TotalSeconds:0} seconds", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private string Reason(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => $"nothing listens on port {address.Port} of {address.DnsSafeHost}",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => $"the name {address.DnsSafeHost} cannot be resolved",
        _ => exception.Message,
    };
}
