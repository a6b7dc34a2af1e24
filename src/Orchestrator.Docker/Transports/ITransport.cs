namespace Orchestrator.Docker.Transports;

/// <summary>A way to the engine: each call opens one more duplex byte stream.</summary>
internal interface ITransport
{
    /// <summary>The value of the HTTP <c>Host</c> header.</summary>
    string HostHeader { get; }

    /// <exception cref="DockerUnreachableException">Nobody answers.</exception>
    Task<Stream> ConnectAsync(CancellationToken cancellationToken);
}
