namespace Orchestrator.BuildKit.Grpc;

/// <summary>A call ended with a status other than OK.</summary>
internal sealed class GrpcException(GrpcStatus status) : Exception(status.Message)
{
    public GrpcStatus Status { get; } = status;
}
