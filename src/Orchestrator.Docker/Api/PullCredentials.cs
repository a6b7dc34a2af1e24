using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Docker.Api;

/// <summary>What the header <c>X-Registry-Auth</c> carries.</summary>
internal sealed record PullCredentials
{
    public const string HeaderName = "X-Registry-Auth";

    [JsonPropertyName("username")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Username { get; init; }

    [JsonPropertyName("password")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Password { get; init; }

    [JsonPropertyName("identitytoken")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IdentityToken { get; init; }

    /// <summary>JSON in base64 with the alphabet for URLs, padded as Go writes it.</summary>
    public static string Encode(RegistryCredentials credentials)
    {
        var content = credentials.IsIdentityToken
            ? new PullCredentials { IdentityToken = credentials.Secret }
            : new PullCredentials { Username = credentials.Username, Password = credentials.Secret };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(content, EngineJson.Default.PullCredentials);
        return Convert.ToBase64String(bytes).Replace('+', '-').Replace('/', '_');
    }
}
