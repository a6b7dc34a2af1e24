namespace Orchestrator.Docker;

/// <summary>The engine answered, and the answer is an error.</summary>
public sealed class DockerApiException(int statusCode, string engineMessage)
    : Exception($"The Docker engine answered {statusCode}: {engineMessage}")
{
    /// <summary>The HTTP status; 500 for an error that arrived inside a stream that had begun well.</summary>
    public int StatusCode { get; } = statusCode;

    /// <summary>It is of a pull or a push: with status 500 the engine passes on what a registry said, and only its words tell what that is.</summary>
    public bool IsOfTransfer { get; init; }

    /// <summary>The engine's own words.</summary>
    public string EngineMessage { get; } = engineMessage;
}
