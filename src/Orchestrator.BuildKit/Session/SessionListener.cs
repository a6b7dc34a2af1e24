using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;

namespace Orchestrator.BuildKit.Session;

/// <summary>A listener that "accepts" the connections pushed into it.</summary>
internal sealed class SessionListener : IConnectionListenerFactory, IConnectionListener
{
    private readonly Channel<ConnectionContext> _connections = Channel.CreateUnbounded<ConnectionContext>();

    public EndPoint EndPoint => SessionEndPoint.Instance;

    public void Push(ConnectionContext connection)
    {
        ObjectDisposedException.ThrowIf(!_connections.Writer.TryWrite(connection), this);
    }

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(this);

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _connections.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_connections.Reader.TryRead(out var connection))
            {
                return connection;
            }
        }

        return null;
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _connections.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _connections.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }
}
