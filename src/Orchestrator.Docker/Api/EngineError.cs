using System.Text.Json.Serialization;

namespace Orchestrator.Docker.Api;

/// <summary>The body of an error, and the <c>errorDetail</c> of a stream.</summary>
internal sealed record EngineError
{
    [JsonPropertyName("message")]
    public string? Message { get; init; }
}
