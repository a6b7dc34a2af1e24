using System.Text.Json.Serialization;

namespace Orchestrator.Docker.Api;

/// <summary>One line of a pull's answer.</summary>
internal sealed record PullLine
{
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    [JsonPropertyName("errorDetail")]
    public EngineError? ErrorDetail { get; init; }

    /// <summary>What went wrong; null when nothing did.</summary>
    [JsonIgnore]
    public string? Failure => ErrorDetail?.Message ?? Error;

    public override string ToString() => string.IsNullOrEmpty(Id) ? Status ?? "" : $"{Id}: {Status}";
}
