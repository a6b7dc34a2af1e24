namespace Orchestrator.Docker;

/// <summary>What a registry wants to see.</summary>
/// <param name="Username">Empty is possible for an identity token.</param>
/// <param name="Secret">A password or, if <paramref name="IsIdentityToken"/>, a refresh token.</param>
public sealed record RegistryCredentials(string Username, string Secret, bool IsIdentityToken)
{
    /// <summary>Without the secret, so that no log can leak it.</summary>
    public override string ToString() => $"{(IsIdentityToken ? "identity token" : "password")} of '{Username}'";
}
