using System.Text.Json.Serialization;

namespace Orchestrator.Docker.Api;

/// <summary>One line of the answer to a pull or a push.</summary>
internal sealed record TransferLine
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
    public TransferCount? Count { get; init; }

    /// <summary>Pushes only.</summary>
    [JsonPropertyName("aux")]
    public PushedTag? Aux { get; init; }

    /// <summary>What went wrong; null when nothing did.</summary>
    [JsonIgnore]
    public string? Failure => ErrorDetail?.Message ?? Error;

    /// <summary>What a push tells of a layer; null when it tells nothing of one.</summary>
    public PushProgress? ToPushProgress() => Id is null || Status is null ? null : new PushProgress(Id, State(Status), Count?.Current ?? 0) { Total = Count?.Total ?? 0 };

    /// <summary>What a pull tells; null for a line that says nothing.</summary>
    public PullProgress? ToPullProgress() => Status is null ? null : new PullProgress(Id ?? "", Status, Count?.Current ?? 0, Count?.Total ?? 0);

    private static PushedLayer State(string status) =>
        status == "Pushed" ? PushedLayer.Pushed
        : status == "Layer already exists" ? PushedLayer.Present
        : status.StartsWith("Mounted from ", StringComparison.Ordinal) ? PushedLayer.Mounted
        : status.StartsWith("Retrying in ", StringComparison.Ordinal) ? PushedLayer.Retrying
        : PushedLayer.Pushing;
}
