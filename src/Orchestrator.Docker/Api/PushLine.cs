using System.Text.Json.Serialization;

namespace Orchestrator.Docker.Api;

/// <summary>One line of a push's answer.</summary>
internal sealed record PushLine
{
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    [JsonPropertyName("errorDetail")]
    public EngineError? ErrorDetail { get; init; }

    [JsonPropertyName("progressDetail")]
    public PushCount? Count { get; init; }

    [JsonPropertyName("aux")]
    public PushedTag? Aux { get; init; }

    /// <summary>What went wrong; null when nothing did.</summary>
    [JsonIgnore]
    public string? Failure => ErrorDetail?.Message ?? Error;

    /// <summary>Null for a line that tells nothing of a layer.</summary>
    public PushProgress? ToProgress() => Id is null || Status is null ? null : new PushProgress(Id, State(Status), Count?.Current ?? 0);

    private static PushedLayer State(string status) =>
        status == "Pushed" ? PushedLayer.Pushed
        : status == "Layer already exists" ? PushedLayer.Present
        : status.StartsWith("Mounted from ", StringComparison.Ordinal) ? PushedLayer.Mounted
        : PushedLayer.Pushing;
}
