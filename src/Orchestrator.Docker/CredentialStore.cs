using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Orchestrator.Docker.Configuration;

namespace Orchestrator.Docker;

/// <summary>
/// Finds a registry's credentials as Docker does: <c>credHelpers</c>, <c>credsStore</c>, then <c>auths</c> of <c>config.json</c>.
/// Each host is asked for once.
/// </summary>
public sealed class CredentialStore
{
    private const string DockerHubKey = "https://index.docker.io/v1/";

    private readonly DockerEnvironment _environment;
    private readonly TimeSpan _helperTimeout;
    private readonly ConcurrentDictionary<string, Lazy<Task<RegistryCredentials?>>> _known = new(StringComparer.Ordinal);

    /// <summary>Reads <c>config.json</c> on first use.</summary>
    public CredentialStore(DockerEnvironment environment)
        : this(environment, TimeSpan.FromSeconds(30))
    {
    }

    internal CredentialStore(DockerEnvironment environment, TimeSpan helperTimeout) => (_environment, _helperTimeout) = (environment, helperTimeout);

    /// <summary>The credentials of a registry host such as <c>ghcr.io</c>; null when there are none.</summary>
    /// <exception cref="DockerConfigurationException">The file or a helper is not usable.</exception>
    public Task<RegistryCredentials?> FindAsync(string registryHost, CancellationToken cancellationToken) =>
        _known.GetOrAdd(registryHost, host => new Lazy<Task<RegistryCredentials?>>(() => ReadAsync(host, CancellationToken.None)))
            .Value.WaitAsync(cancellationToken);

    private async Task<RegistryCredentials?> ReadAsync(string host, CancellationToken cancellationToken)
    {
        var config = DockerConfigFile.Read(_environment);
        foreach (var key in KeysOf(host))
        {
            var helper = config.CredentialHelper(key) ?? config.CredentialStore;
            if (helper is not null && await CredentialHelper.GetAsync(helper, key, _environment, _helperTimeout, cancellationToken).ConfigureAwait(false) is { } found)
            {
                return found;
            }

            if (config.Authentication(key) is { } entry && FromEntry(entry, config.Path) is { } stored)
            {
                return stored;
            }
        }

        return null;
    }

    private static string[] KeysOf(string host) =>
        host is "docker.io" or "index.docker.io" or "registry-1.docker.io" ? [DockerHubKey, "index.docker.io", "docker.io"] : [host, "https://" + host, "https://" + host + "/v1/"];

    private static RegistryCredentials? FromEntry(JsonElement entry, string path)
    {
        if (DockerConfigFile.Text(entry, "identitytoken") is { Length: > 0 } token)
        {
            return new RegistryCredentials("", token, true);
        }

        if (DockerConfigFile.Text(entry, "username") is { Length: > 0 } username)
        {
            return new RegistryCredentials(username, DockerConfigFile.Text(entry, "password") ?? "", false);
        }

        if (DockerConfigFile.Text(entry, "auth") is not { Length: > 0 } encoded)
        {
            return null;
        }

        try
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).TrimEnd('\0').Split(':', 2);
            return pair.Length == 2 ? new RegistryCredentials(pair[0], pair[1], false) : throw new FormatException("there is no colon in it");
        }
        catch (FormatException exception)
        {
            throw new DockerConfigurationException($"an 'auth' entry of '{path}' is not base64 of user:password.", exception);
        }
    }
}
