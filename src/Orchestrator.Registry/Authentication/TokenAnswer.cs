using System.Text.Json.Serialization;

namespace Orchestrator.Registry.Authentication;

/// <summary>What a token server answers (https://distribution.github.io/distribution/spec/auth/token/).</summary>
internal sealed record TokenAnswer
{
    /// <summary>The specification's own default, in seconds.</summary>
    private const int ShortestLife = 60;

    [JsonPropertyName("token")]
    public string? Token { get; init; }

    /// <summary>OAuth2's name for the same.</summary>
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; init; }

    /// <summary>In seconds.</summary>
    [JsonPropertyName("expires_in")]
    public int? ExpiresIn { get; init; }

    [JsonIgnore]
    public string? Value => string.IsNullOrEmpty(Token) ? AccessToken : Token;

    [JsonIgnore]
    public TimeSpan Life => TimeSpan.FromSeconds(ExpiresIn is > 0 ? ExpiresIn.Value : ShortestLife);
}
