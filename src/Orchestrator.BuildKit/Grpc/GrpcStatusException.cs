namespace Orchestrator.BuildKit.Grpc;

/// <summary>A call ended with a status other than OK. Blast radius: one call.</summary>
internal sealed class GrpcStatusException(GrpcStatus status) : Exception(status.Message)
{
    public GrpcStatusException(GrpcStatusCode code, string message)
        : this(new GrpcStatus(code, message))
    {
    }

    public GrpcStatus Status { get; } = status;
}
