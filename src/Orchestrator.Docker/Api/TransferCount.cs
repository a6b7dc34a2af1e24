using System.Text.Json.Serialization;

namespace Orchestrator.Docker.Api;

/// <summary>How far a layer is.</summary>
internal sealed record TransferCount
{
    /// <summary>Bytes.</summary>
    [JsonPropertyName("current")]
    public long Current { get; init; }

    /// <summary>Bytes; 0: not known.</summary>
    [JsonPropertyName("total")]
    public long Total { get; init; }
}
