namespace Orchestrator.Registry;

/// <summary>What a registry wants to see.</summary>
/// <param name="Username">May be empty with an identity token.</param>
/// <param name="Secret">A password or, if <paramref name="IsIdentityToken"/>, a refresh token.</param>
public sealed record RegistryLogin(string Username, string Secret, bool IsIdentityToken)
{
    /// <summary>Without the secret, so that no log can leak it.</summary>
    public override string ToString() => IsIdentityToken ? "an identity token" : $"user '{Username}'";
}
