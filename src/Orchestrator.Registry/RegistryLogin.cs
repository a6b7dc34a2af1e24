namespace Orchestrator.Registry;

/// <summary>What a registry wants to see.</summary>
/// <param name="Username">May be empty with an identity token.</param>
/// <param name="Secret">A password or, if <paramref name="IsIdentityToken"/>, a refresh token, or what <see cref="IsRegistryToken"/> says.</param>
public sealed record RegistryLogin(string Username, string Secret, bool IsIdentityToken)
{
    /// <summary>The secret is a token that the registry takes as it is, without a server that gives tokens. Default: false.</summary>
    public bool IsRegistryToken { get; init; }

    /// <summary>Without the secret, so that no log can leak it.</summary>
    public override string ToString() => IsRegistryToken ? "a registry token" : IsIdentityToken ? "an identity token" : $"user '{Username}'";
}
