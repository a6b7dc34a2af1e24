using System.Text.Json.Serialization;

namespace Orchestrator.Docker.Configuration;

/// <summary>One value of <c>auths</c>: either <see cref="Auth"/>, which is base64 of <c>user:password</c>, or the plain fields.</summary>
internal sealed record AuthEntry
{
    public string? Auth { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    [JsonPropertyName("identitytoken")]
    public string? IdentityToken { get; init; }

    [JsonPropertyName("registrytoken")]
    public string? RegistryToken { get; init; }
}
