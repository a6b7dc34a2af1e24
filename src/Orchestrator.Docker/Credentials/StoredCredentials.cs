using System.Text;
using Orchestrator.Docker.Configuration;

namespace Orchestrator.Docker.Credentials;

/// <summary>Reads an entry of <c>auths</c>.</summary>
internal static class StoredCredentials
{
    /// <returns>Null for an empty entry, which only notes that a helper has the credentials.</returns>
    /// <exception cref="DockerConfigurationException">The entry is malformed.</exception>
    public static RegistryCredentials? Read(AuthEntry entry, string registry)
    {
        var (username, password) = string.IsNullOrEmpty(entry.Auth)
            ? (entry.Username ?? "", entry.Password ?? "")
            : Decode(entry.Auth, registry);
        if (!string.IsNullOrEmpty(entry.RegistryToken))
        {
            return new RegistryCredentials(username, entry.RegistryToken, IsIdentityToken: false) { IsRegistryToken = true };
        }

        if (!string.IsNullOrEmpty(entry.IdentityToken))
        {
            return new RegistryCredentials(username, entry.IdentityToken, IsIdentityToken: true);
        }

        return username.Length == 0 && password.Length == 0 ? null : new RegistryCredentials(username, password, IsIdentityToken: false);
    }

    private static (string Username, string Password) Decode(string auth, string registry)
    {
        string text;
        try
        {
            text = Encoding.UTF8.GetString(Convert.FromBase64String(auth));
        }
        catch (FormatException)
        {
            throw Malformed(registry);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? throw Malformed(registry) : (text[..colon], text[(colon + 1)..].Trim('\0'));
    }

    /// <summary>Without the entry, which is a secret.</summary>
    private static DockerConfigurationException Malformed(string registry) =>
        new($"Docker's stored login for {registry} is malformed: 'auth' is not base64 of user:password. 'docker login' writes it anew.");
}
