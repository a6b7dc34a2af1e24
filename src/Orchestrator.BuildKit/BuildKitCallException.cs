using Orchestrator.BuildKit.Grpc;

namespace Orchestrator.BuildKit;

/// <summary>The daemon refused a call that is not a build. Blast radius: that call.</summary>
public sealed class BuildKitCallException : Exception
{
    internal BuildKitCallException(string method, GrpcStatusException exception)
        : base($"The daemon refused {method}: {exception.Status.Message}", exception)
    {
        StatusCode = exception.Status.Code;
    }

    /// <summary>The status code that the daemon answered with.</summary>
    public GrpcStatusCode StatusCode { get; }
}
