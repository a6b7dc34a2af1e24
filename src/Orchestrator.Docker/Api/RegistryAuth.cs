using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Docker.Api;

/// <summary>What the header <c>X-Registry-Auth</c> carries.</summary>
internal sealed record RegistryAuth
{
    public const string HeaderName = "X-Registry-Auth";

    /// <summary>Nobody in particular: a push wants the header also then.</summary>
    public static string Nobody => Encode(new RegistryAuth());

    [JsonPropertyName("username")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Username { get; init; }

    [JsonPropertyName("password")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Password { get; init; }

    [JsonPropertyName("identitytoken")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IdentityToken { get; init; }

    public static string Encode(RegistryCredentials credentials) => Encode(
        credentials.IsIdentityToken ? new RegistryAuth { IdentityToken = credentials.Secret } : new RegistryAuth { Username = credentials.Username, Password = credentials.Secret });

    /// <summary>JSON in base64 with the alphabet for URLs, padded as Go writes it.</summary>
    private static string Encode(RegistryAuth content) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(content, EngineJson.Default.RegistryAuth)).Replace('+', '-').Replace('/', '_');
}
