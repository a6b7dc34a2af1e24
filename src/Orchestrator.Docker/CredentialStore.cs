using Orchestrator.Docker.Configuration;
using Orchestrator.Docker.Credentials;

namespace Orchestrator.Docker;

/// <summary>
/// The credentials that <c>docker login</c> stored. What the variable <c>DOCKER_AUTH_CONFIG</c> has goes before everything else; then the registry's own
/// helper (<c>credHelpers</c>) is asked, else the common one (<c>credsStore</c>); what no helper knows is looked up in <c>auths</c>. Every answer is kept for
/// the life of the store.
/// </summary>
#pragma warning disable CA1001 // The semaphore's wait handle is never asked for, so there is nothing to dispose.
public sealed class CredentialStore
#pragma warning restore CA1001
{
    private static readonly TimeSpan HelperTimeout = TimeSpan.FromSeconds(30);

    private readonly DockerEnvironment _environment;
    private readonly TimeSpan _helperTimeout;
    private readonly Lazy<ConfigFile> _file;
    private readonly Lazy<Dictionary<string, AuthEntry?>?> _variable;
    private readonly Dictionary<string, RegistryCredentials?> _known = new(StringComparer.Ordinal);

    /// <summary>One at a time: a helper may open a window that asks the user.</summary>
    private readonly SemaphoreSlim _gate = new(1, 1);

    public CredentialStore(DockerEnvironment environment)
        : this(environment, HelperTimeout)
    {
    }

    internal CredentialStore(DockerEnvironment environment, TimeSpan helperTimeout)
    {
        _environment = environment;
        _helperTimeout = helperTimeout;
        _file = new Lazy<ConfigFile>(() => ConfigFile.Read(environment));
        _variable = new Lazy<Dictionary<string, AuthEntry?>?>(() => ConfigFile.ReadVariable(environment));
    }

    /// <param name="registryHost">Host and perhaps port; any name of Docker Hub's means Docker Hub.</param>
    /// <returns>Null when nothing is stored: the registry is asked without credentials.</returns>
    /// <exception cref="DockerConfigurationException">The variable, the file or a helper is broken, or a helper hangs for 30 seconds.</exception>
    public async Task<RegistryCredentials?> FindAsync(string registryHost, CancellationToken cancellationToken)
    {
        var key = new RegistryKey(registryHost);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (!_known.TryGetValue(key.Primary, out var credentials))
            {
                credentials = Stored(key, _variable.Value) ?? await AskHelperAsync(key, cancellationToken) ?? Stored(key, _file.Value.Auths);
                _known.Add(key.Primary, credentials);
            }

            return credentials;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<RegistryCredentials?> AskHelperAsync(RegistryKey key, CancellationToken cancellationToken)
    {
        var own = _file.Value.CredHelpers is { } helpers ? key.FindIn(helpers) : null;
        var name = string.IsNullOrEmpty(own) ? _file.Value.CredsStore : own;
        return string.IsNullOrEmpty(name)
            ? null
            : await new CredentialHelper(name, _environment, _helperTimeout).GetAsync(key.Primary, cancellationToken);
    }

    private static RegistryCredentials? Stored(RegistryKey key, Dictionary<string, AuthEntry?>? auths)
    {
        var entry = auths is null ? null : key.FindIn(auths);
        return entry is null ? null : StoredCredentials.Read(entry, key.Primary);
    }
}
