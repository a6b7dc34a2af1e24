using System.Net;
using System.Net.Sockets;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Takes connections at an address of this machine, and serves each until the test is over. Nothing of it is left when it is disposed.</summary>
internal sealed class Connections : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<Socket, CancellationToken, Task> _serve;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    /// <param name="address">A Unix socket, or a port; 0 is any that is free.</param>
    /// <param name="serve">Owns the connection. Cancelled when the test is over; must not throw then, nor when the other side is gone.</param>
    public Connections(EndPoint address, Func<Socket, CancellationToken, Task> serve)
    {
        _serve = serve;
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(address);
        _listener.Listen();
        _serving = TakeAsync();
    }

    public EndPoint Address => _listener.LocalEndPoint!;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _serving;
        _end.Dispose();
    }

    private async Task TakeAsync()
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                served.Add(_serve(await _listener.AcceptAsync(_end.Token), _end.Token));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(served);
        }
    }
}
