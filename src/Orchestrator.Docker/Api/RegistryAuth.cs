using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Docker.Api;

/// <summary>What the header <c>X-Registry-Auth</c> carries.</summary>
internal sealed record RegistryAuth
{
    private const string HeaderName = "X-Registry-Auth";

    [JsonPropertyName("username")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Username { get; init; }

    [JsonPropertyName("password")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Password { get; init; }

    [JsonPropertyName("identitytoken")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IdentityToken { get; init; }

    [JsonPropertyName("registrytoken")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RegistryToken { get; init; }

    /// <summary>For which registry they are: engine 24 with containerd's store gives them to no other, and to none when it is not said.</summary>
    [JsonPropertyName("serveraddress")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ServerAddress { get; init; }

    /// <param name="credentials">Null is nobody in particular; a push wants the header also then.</param>
    /// <param name="address">The registry's, as <c>docker login</c> stores it.</param>
    public static KeyValuePair<string, string> Header(RegistryCredentials? credentials, string address) => new(HeaderName, Encode(credentials switch
    {
        null => new RegistryAuth(),
        { IsRegistryToken: true } => new RegistryAuth { RegistryToken = credentials.Secret, ServerAddress = address },
        { IsIdentityToken: true } => new RegistryAuth { IdentityToken = credentials.Secret, ServerAddress = address },
        _ => new RegistryAuth { Username = credentials.Username, Password = credentials.Secret, ServerAddress = address },
    }));

    /// <summary>JSON in base64 with the alphabet for URLs, padded as Go writes it.</summary>
    private static string Encode(RegistryAuth content) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(content, EngineJson.Default.RegistryAuth)).Replace('+', '-').Replace('/', '_');
}
