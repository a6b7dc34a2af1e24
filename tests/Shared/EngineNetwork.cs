using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Orchestrator.Testing;

/// <summary>
/// Makes a port of this machine's loopback address reachable at the same address inside the network namespace of an engine, so that engine and
/// tests mean the same registry by one name. What passes can be counted and cut.
/// </summary>
internal sealed partial class EngineNetwork : IAsyncDisposable
{
    private const int NetworkNamespace = 0x40000000;
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    private readonly Socket _listener;
    private readonly int _port;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private long _sent;

    private EngineNetwork(Socket listener, int port)
    {
        (_listener, _port) = (listener, port);
        _accepting = AcceptAsync();
    }

    /// <summary>Bytes that the engine sent.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Called with the number of bytes that the engine has sent so far; false cuts the connection.</summary>
    public Func<long, bool> Passes { get; set; } = _ => true;

    /// <param name="host">The engine's address, <c>unix:///…</c>; it has to be on this machine.</param>
    public static EngineNetwork Open(string host, int port)
    {
        Socket? listener = null;
        Exception? failure = null;
        // A thread of its own: it changes its network namespace and ends. The socket stays where it was made.
        var thread = new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle($"/proc/{ProcessOf(host)}/ns/net");
                if (SetNamespace((int)handle.DangerousGetHandle(), NetworkNamespace) != 0)
                {
                    throw new InvalidOperationException($"setns failed with {Marshal.GetLastPInvokeError()}");
                }

                listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
                listener.Listen();
            }
            catch (Exception exception) when (exception is SocketException or IOException or InvalidOperationException or UnauthorizedAccessException)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? new EngineNetwork(listener!, port) : throw new InvalidOperationException($"the network of {host} cannot be entered", failure);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private static int ProcessOf(string host)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(new Uri(host).LocalPath));
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        return MemoryMarshal.Read<int>(credentials);
    }

    private async Task AcceptAsync()
    {
        var relays = new List<Task>();
        try
        {
            while (true)
            {
                relays.Add(RelayAsync(await _listener.AcceptAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(Socket engine)
    {
        using var outer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await outer.ConnectAsync(IPAddress.Loopback, _port, _stop.Token);
            await Task.WhenAny(CopyAsync(engine, outer, isCounted: true), CopyAsync(outer, engine, isCounted: false));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // A registry that is not there is seen as such: the connection ends.
        }
        finally
        {
            engine.Dispose();
        }
    }

    private async Task CopyAsync(Socket from, Socket to, bool isCounted)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer, _stop.Token)) > 0)
            {
                if (isCounted && !Passes(Interlocked.Add(ref _sent, count)))
                {
                    return;
                }

                await to.SendAsync(buffer.AsMemory(0, count), _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One end is gone; the other is closed by the caller.
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int descriptor, int kind);
}
