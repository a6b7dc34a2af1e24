using Orchestrator.BuildKit.Grpc;

namespace Orchestrator.BuildKit.Control;

/// <summary>The daemon refused a build, or a step of it failed. Blast radius: that build.</summary>
public sealed class SolveException : Exception
{
    internal SolveException(GrpcStatusException exception)
        : base(exception.Status.Message, exception)
    {
        var details = ErrorDetails.Read(exception.Status);
        StatusCode = exception.Status.Code;
        Sources = details.Sources;
        SourceText = details.SourceText;
        VertexDigest = details.VertexDigest;
        ExitCode = details.ExitCode;
        Details = details.All;
    }

    /// <summary>The status code; <see cref="GrpcStatusCode.Unknown"/> for most failed builds, so better look at the details.</summary>
    public GrpcStatusCode StatusCode { get; }

    /// <summary>The places in the Dockerfile that the failure belongs to; empty when the daemon named none.</summary>
    public IReadOnlyList<SourceRange> Sources { get; }

    /// <summary>The Dockerfile as the daemon saw it, in UTF-8; empty when the daemon did not send it.</summary>
    public ReadOnlyMemory<byte> SourceText { get; }

    /// <summary>The digest of the step that failed, as in <see cref="VertexUpdate.Digest"/>; null when no step ran.</summary>
    public string? VertexDigest { get; }

    /// <summary>The exit code of the <c>RUN</c> that failed; null when it was something else.</summary>
    public int? ExitCode { get; }

    /// <summary>All details as they came.</summary>
    public IReadOnlyList<ErrorDetail> Details { get; }
}
