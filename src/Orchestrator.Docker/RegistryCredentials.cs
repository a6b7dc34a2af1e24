namespace Orchestrator.Docker;

/// <summary>What a registry wants to see.</summary>
/// <param name="Username">Empty is possible for an identity token.</param>
/// <param name="Secret">A password or, if <paramref name="IsIdentityToken"/>, a refresh token, or what <see cref="IsRegistryToken"/> says.</param>
public sealed record RegistryCredentials(string Username, string Secret, bool IsIdentityToken)
{
    /// <summary>The secret is a token that registries take as it is, without a server that gives tokens. Default: false.</summary>
    public bool IsRegistryToken { get; init; }

    /// <summary>Without the secret, so that no log can leak it.</summary>
    public override string ToString() => $"{(IsRegistryToken ? "registry token" : IsIdentityToken ? "identity token" : "password")} of '{Username}'";
}
