namespace Orchestrator.Docker.Configuration;

/// <summary>One value of <c>proxies</c>.</summary>
internal sealed record ProxyEntry
{
    public string? HttpProxy { get; init; }

    public string? HttpsProxy { get; init; }

    public string? NoProxy { get; init; }

    public string? FtpProxy { get; init; }

    public string? AllProxy { get; init; }
}
