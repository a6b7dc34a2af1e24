using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>
/// Makes a real engine reachable at a port of this machine: it takes connections, with TLS where it has a certificate, and passes their bytes to the engine's
/// socket and back. With TLS it wants a certificate of its caller, as <c>dockerd --tlsverify</c> does.
/// </summary>
internal sealed class EngineRelay : IAsyncDisposable
{
    private readonly UnixDomainSocketEndPoint _engine;
    private readonly X509Certificate2? _certificate;
    private readonly Connections _connections;
    private volatile TaskCompletionSource? _pause;
    private long _bytesUntilCut = -1;
    private long _bytesSent;

    /// <param name="engine">As in <c>DOCKER_HOST</c>, a Unix socket.</param>
    /// <param name="certificate">Of the server; without one there is no TLS.</param>
    public EngineRelay(string engine, X509Certificate2? certificate = null)
    {
        (_engine, _certificate) = (new UnixDomainSocketEndPoint(new Uri(engine).AbsolutePath), certificate);
        _connections = new Connections(new IPEndPoint(IPAddress.Loopback, 0), CarryAsync);
    }

    public string Host => $"tcp://127.0.0.1:{((IPEndPoint)_connections.Address).Port}";

    /// <summary>Subjects of the certificates that callers showed.</summary>
    public HashSet<string> Callers { get; } = [];

    public ValueTask DisposeAsync()
    {
        Resume();
        return _connections.DisposeAsync();
    }

    /// <summary>Bytes that callers sent to the engine.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>From here on the engine seems to take what it is sent and does not answer.</summary>
    public void Pause() => _pause = new TaskCompletionSource();

    /// <summary>What was held back goes on its way.</summary>
    public void Resume() => _pause?.TrySetResult();

    /// <summary>The next connection that becomes a session of the builder breaks when it has carried so many bytes to the engine.</summary>
    public void CutSession(long bytes) => Interlocked.Exchange(ref _bytesUntilCut, bytes);

    /// <summary>The session was cut.</summary>
    public bool HasCut { get; private set; }

    /// <summary>Ends with either side, which ends the other.</summary>
    private async Task CarryAsync(Socket caller, CancellationToken cancellationToken)
    {
        using var engine = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await using var network = new NetworkStream(caller, ownsSocket: true);
        try
        {
            await engine.ConnectAsync(_engine, cancellationToken);
            await using var behind = new NetworkStream(engine);
            await using var front = await SecureAsync(network, cancellationToken);
            await Task.WhenAny(CopyAsync(front, behind, count => Interlocked.Add(ref _bytesSent, count), cancellationToken), CopyAsync(behind, front, _ => { }, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or SocketException or AuthenticationException or OperationCanceledException)
        {
            // The caller sees a connection that ends.
        }
    }

    private async Task CopyAsync(Stream from, Stream to, Action<int> tell, CancellationToken cancellationToken)
    {
        var bytes = new byte[1 << 16];
        long? left = null;
        while (await from.ReadAsync(bytes, cancellationToken) is > 0 and var count)
        {
            left ??= bytes.AsSpan(0, count).StartsWith("POST /session"u8) && Interlocked.Exchange(ref _bytesUntilCut, -1) is >= 0 and var until ? until : long.MaxValue;
            left -= count;
            if (left < 0)
            {
                HasCut = true;
                return;
            }

            if (_pause is { } pause)
            {
                await pause.Task.WaitAsync(cancellationToken);
            }

            await to.WriteAsync(bytes.AsMemory(0, count), cancellationToken);
            tell(count);
        }
    }

    private async Task<Stream> SecureAsync(NetworkStream network, CancellationToken cancellationToken)
    {
        if (_certificate is null)
        {
            return network;
        }

        var tls = new SslStream(network);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificate = _certificate,
            ClientCertificateRequired = true,
            RemoteCertificateValidationCallback = (_, client, _, _) => client is not null,
        };
        await tls.AuthenticateAsServerAsync(options, cancellationToken);
        lock (Callers)
        {
            Callers.Add(tls.RemoteCertificate!.Subject);
        }

        return tls;
    }
}
