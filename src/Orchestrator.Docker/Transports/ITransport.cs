namespace Orchestrator.Docker.Transports;

/// <summary>
/// A way to an engine. Each connection is a duplex stream of its own. Transports know nothing of HTTP; they say in words that
/// help a user why there is no connection.
/// </summary>
internal interface ITransport
{
    /// <summary>What goes into the <c>Host</c> header.</summary>
    string Host { get; }

    /// <summary>How many connections for requests to hold at a time. Upgraded ones are not counted.</summary>
    int ConnectionLimit { get; }

    /// <exception cref="TransportException">There is no connection.</exception>
    Task<Stream> ConnectAsync(CancellationToken cancellationToken);
}
