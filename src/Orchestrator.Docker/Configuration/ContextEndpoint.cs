using System.Text.Json.Serialization;

namespace Orchestrator.Docker.Configuration;

/// <summary>One endpoint of a context.</summary>
internal sealed record ContextEndpoint
{
    public string? Host { get; init; }

    [JsonPropertyName("SkipTLSVerify")]
    public bool SkipTlsVerify { get; init; }
}
