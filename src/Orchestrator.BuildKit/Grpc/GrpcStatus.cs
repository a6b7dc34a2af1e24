namespace Orchestrator.BuildKit.Grpc;

/// <summary>How a call ended: code, text, and the serialized <c>google.rpc.Status</c> if there was one.</summary>
internal sealed record GrpcStatus(GrpcStatusCode Code, string Message, ReadOnlyMemory<byte> Details)
{
    public GrpcStatus(GrpcStatusCode code, string message = "")
        : this(code, message, ReadOnlyMemory<byte>.Empty)
    {
    }

    public static GrpcStatus Ok { get; } = new(GrpcStatusCode.Ok);
}
