namespace Orchestrator.BuildKit;

/// <summary>
/// Opens channels to a daemon. Every stream carries raw bytes in both directions and belongs to the caller, who disposes it. What cannot be opened now is a
/// <see cref="BuildKitConnectionException"/> or an <see cref="IOException"/>; any other exception reaches the caller of <see cref="BuildKitClient"/> as it is.
/// </summary>
public interface IBuildKitTransport
{
    /// <summary>Opens the channel for control calls: the bytes after the "101" of <c>POST /grpc</c>, where we are the HTTP/2 client.</summary>
    Task<Stream> OpenControlAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Opens the channel for a session: the bytes after the "101" of <c>POST /session</c>, where the daemon is the HTTP/2 client.
    /// Each pair is a header line of its own: names repeat, and values must not be joined by commas.
    /// </summary>
    Task<Stream> OpenSessionAsync(IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken);
}
