using Orchestrator.BuildKit.Grpc;

namespace Orchestrator.BuildKit.Control;

/// <summary>The daemon refused a build, or a step of it failed.</summary>
public sealed class SolveException(GrpcStatusCode code, string message, SolveFailure failure) : Exception(message)
{
    /// <summary>gRPC's code; most failures of a build are <see cref="GrpcStatusCode.Unknown"/>.</summary>
    public GrpcStatusCode Code { get; } = code;

    /// <summary>What the typed details say.</summary>
    public SolveFailure Failure { get; } = failure;
}
