using System.Text.Json;
using Orchestrator.Docker.Api;

namespace Orchestrator.Docker;

/// <summary>The answer of <c>/version</c>; empty where the engine says nothing.</summary>
public sealed record EngineVersion
{
    /// <summary>E.g. <c>28.5.2</c>.</summary>
    public string Version { get; init; } = "";

    public string ApiVersion { get; init; } = "";

    public string MinApiVersion { get; init; } = "";

    /// <summary><c>linux</c> or <c>windows</c>.</summary>
    public string Os { get; init; } = "";

    /// <summary>In Go's words: <c>amd64</c>, <c>arm64</c>.</summary>
    public string Arch { get; init; } = "";

    internal static EngineVersion From(JsonElement answer) => new()
    {
        Version = answer.Text("Version"),
        ApiVersion = answer.Text("ApiVersion"),
        MinApiVersion = answer.Text("MinAPIVersion"),
        Os = answer.Text("Os"),
        Arch = answer.Text("Arch"),
    };
}
