namespace Orchestrator.BuildKit.Grpc;

/// <summary>The status codes of gRPC.</summary>
public enum GrpcStatusCode
{
    /// <summary>The call succeeded.</summary>
    Ok = 0,

    /// <summary>The call was cancelled.</summary>
    Canceled = 1,

    /// <summary>Not classified; most failed builds carry this code.</summary>
    Unknown = 2,

    /// <summary>The request made no sense.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed.</summary>
    DeadlineExceeded = 4,

    /// <summary>Something that was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>Something exists already.</summary>
    AlreadyExists = 6,

    /// <summary>Not allowed.</summary>
    PermissionDenied = 7,

    /// <summary>A limit was exceeded, for instance that of a message's size.</summary>
    ResourceExhausted = 8,

    /// <summary>The state does not allow the call.</summary>
    FailedPrecondition = 9,

    /// <summary>The call was aborted.</summary>
    Aborted = 10,

    /// <summary>Out of range.</summary>
    OutOfRange = 11,

    /// <summary>The peer has no such method.</summary>
    Unimplemented = 12,

    /// <summary>The peer is broken.</summary>
    Internal = 13,

    /// <summary>The peer cannot answer at the moment.</summary>
    Unavailable = 14,

    /// <summary>Data was lost.</summary>
    DataLoss = 15,

    /// <summary>Credentials are missing or wrong.</summary>
    Unauthenticated = 16,
}
