namespace Orchestrator.BuildKit;

/// <summary>Opens the channels to a daemon (buildkit-wire 1.1). Implemented by whoever knows how the daemon is reached.</summary>
public interface IBuildKitTransport
{
    /// <summary>Channel A: the stream after the 101 of <c>POST /grpc</c>; we are the HTTP/2 client on it.</summary>
    /// <exception cref="BuildKitConnectionException">The daemon cannot be reached.</exception>
    Task<Stream> OpenControlAsync(CancellationToken cancellationToken);

    /// <summary>Channel B: the stream after the 101 of <c>POST /session</c>; the daemon is the HTTP/2 client on it.</summary>
    /// <param name="headers">Written one line each, repeated names included.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="BuildKitConnectionException">The daemon cannot be reached.</exception>
    Task<Stream> OpenSessionAsync(IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken);
}
