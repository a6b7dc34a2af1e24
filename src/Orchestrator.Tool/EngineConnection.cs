using Orchestrator.Building;
using Orchestrator.BuildKit;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;

namespace Orchestrator.Tool;

/// <summary>The engine that a command works with.</summary>
internal sealed class EngineConnection : IAsyncDisposable
{
    private const int OldestMajor = 23;

    /// <summary>The API of Docker Engine 28.1.</summary>
    private static readonly System.Version TellingPlatforms = new(1, 49);

    private EngineConnection(DockerEngine engine, DockerEnvironment environment, EngineVersion version, EngineInfo info)
    {
        (Engine, Environment, Version, Info) = (engine, environment, version, info);
        Credentials = new CredentialStore(environment);
        Proxies = ProxyConfiguration.Read(environment, engine.Endpoint);
        // Over ssh each connection is a login, and sshd refuses some when many come at once: there, sessions travel on the control channel.
        BuildKit = new BuildKitClient(new EngineTransport(engine), engine.Endpoint.Address.Scheme == "ssh" ? SessionChannel.Tunnel : SessionChannel.Upgrade);
    }

    public DockerEngine Engine { get; }

    /// <summary>What Docker's own command would know of the process around it.</summary>
    public DockerEnvironment Environment { get; }

    /// <summary>What it said when it was opened.</summary>
    public EngineVersion Version { get; }

    /// <inheritdoc cref="Version" />
    public EngineInfo Info { get; }

    public BuildKitClient BuildKit { get; }

    public CredentialStore Credentials { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Proxies { get; }

    /// <summary>The first number of its version; 0 when it says none.</summary>
    public int MajorVersion => Major(Version.Version);

    /// <summary>Tells this engine from others, however it is reached.</summary>
    public string Identity => Info.Id.Length > 0 ? Info.Id : Engine.Endpoint.Address.ToString();

    /// <summary>The folder of the engine's data, on its machine; empty when it does not say.</summary>
    public string DataRoot => Info.DockerRootDir;

    public bool UsesContainerdStore => Info.UsesContainerdStore;

    /// <summary>It can be asked for one platform of an image.</summary>
    public bool TellsPlatforms => System.Version.TryParse(Version.ApiVersion, out var api) && api >= TellingPlatforms;

    /// <summary>Registries (<c>host[:port]</c>) and networks to which the engine speaks without checking certificates; so do we.</summary>
    public IReadOnlyList<string> InsecureRegistries => Info.InsecureRegistries;

    /// <summary>Of the engine, such as <c>linux/amd64</c>.</summary>
    public string Platform => $"{Version.Os}/{Version.Arch}";

    /// <returns>Null when there is no engine that can be used; why is in <paramref name="diagnostics"/>.</returns>
    public static async Task<EngineConnection?> OpenAsync(ToolEnvironment environment, EngineMissing missing, DiagnosticBag diagnostics, CancellationToken cancellationToken) =>
        Find(environment, diagnostics) is { } engine ? await AskAsync(engine, environment, missing, diagnostics, cancellationToken).ConfigureAwait(false) : null;

    /// <summary>The engine that is meant, before anything was asked of it.</summary>
    /// <returns>Null when the configuration does not say it clearly; that is in <paramref name="diagnostics"/>.</returns>
    public static DockerEngine? Find(ToolEnvironment environment, DiagnosticBag diagnostics)
    {
        try
        {
            return new DockerEngine(DockerEndpoint.Resolve(Docker(environment)));
        }
        catch (DockerConfigurationException exception)
        {
            diagnostics.Add(Rules.DockerConfiguration.Anywhere(exception.Message));
            return null;
        }
    }

    /// <summary>What <see cref="Proxies"/> are, without asking the engine; none where the configuration does not say clearly which one is meant.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> FindProxies(ToolEnvironment environment)
    {
        try
        {
            return ProxyConfiguration.Read(Docker(environment), DockerEndpoint.Resolve(Docker(environment)));
        }
        catch (DockerConfigurationException)
        {
            return [];
        }
    }

    /// <param name="engine">Belongs to the connection from now on; closed when there is none.</param>
    /// <returns>Null when it cannot be used; why is in <paramref name="diagnostics"/>.</returns>
    public static async Task<EngineConnection?> AskAsync(
        DockerEngine engine, ToolEnvironment environment, EngineMissing missing, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        try
        {
            var version = engine.VersionAsync(cancellationToken);
            var info = engine.InfoAsync(cancellationToken);
            await Task.WhenAll(version, info).ConfigureAwait(false);
            var facts = await version.ConfigureAwait(false);
            if (Unusable($"{engine.Endpoint.Address.OriginalString} ({engine.Endpoint.Origin})", facts) is { } why)
            {
                diagnostics.Add(why);
                await engine.DisposeAsync().ConfigureAwait(false);
                return null;
            }

            return new EngineConnection(engine, Docker(environment), facts, await info.ConfigureAwait(false));
        }
        catch (DockerUnreachableException exception)
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            Report(exception.Message, missing, diagnostics);
            return null;
        }
        catch (DockerApiException)
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        catch (DockerConfigurationException exception)
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            diagnostics.Add(Rules.DockerConfiguration.Anywhere(exception.Message));
            return null;
        }
    }

    private static Diagnostic? Unusable(string engine, EngineVersion facts) =>
        facts.Os is not ("" or "linux") ? Rules.EngineOfOtherSystem.Anywhere(engine, facts.Os)
            : Major(facts.Version) is > 0 and < OldestMajor ? Rules.EngineTooOld.Anywhere(engine, facts.Version, OldestMajor)
            : null;

    /// <summary>Keeps other runs of the graph away from this engine until it is disposed.</summary>
    public Task<GraphLock> LockAsync(string graph, ToolEnvironment environment, IBuildReporter reporter, CancellationToken cancellationToken) =>
        GraphLock.TakeAsync(environment.StateDirectory, graph, Identity, reporter, TimeProvider.System, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await BuildKit.DisposeAsync().ConfigureAwait(false);
        await Engine.DisposeAsync().ConfigureAwait(false);
    }

    private static DockerEnvironment Docker(ToolEnvironment environment) => new(environment.Variables, environment.HomeDirectory, environment.IsWindows);

    /// <summary>The leading number of a version; 0 when there is none, which never counts as too old.</summary>
    private static int Major(string version) => int.TryParse(version.Split('.', '-', '+')[0], out var major) ? major : 0;

    private static void Report(string message, EngineMissing missing, DiagnosticBag diagnostics)
    {
        if (missing != EngineMissing.Skip)
        {
            diagnostics.Add((missing == EngineMissing.Warn ? Rules.EngineUnreachable : Rules.EngineUnreachableError).Anywhere(message));
        }
    }
}
