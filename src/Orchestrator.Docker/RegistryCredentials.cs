namespace Orchestrator.Docker;

/// <summary>What a registry is told. Never written to a log.</summary>
/// <param name="Username">Empty with an identity token.</param>
/// <param name="Secret">The password or the identity token.</param>
/// <param name="IsIdentityToken">Whether <paramref name="Secret"/> is an OAuth refresh token.</param>
public sealed record RegistryCredentials(string Username, string Secret, bool IsIdentityToken)
{
    /// <inheritdoc/>
    public override string ToString() => "credentials";
}
