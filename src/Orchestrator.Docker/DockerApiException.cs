namespace Orchestrator.Docker;

/// <summary>The engine answered, and the answer is an error.</summary>
public sealed class DockerApiException(int statusCode, string engineMessage) : Exception($"the engine said: {engineMessage} ({statusCode})")
{
    /// <summary>The HTTP status; 200 when the error came in the middle of a stream.</summary>
    public int StatusCode { get; } = statusCode;

    /// <summary>The engine's own sentence.</summary>
    public string EngineMessage { get; } = engineMessage;
}
