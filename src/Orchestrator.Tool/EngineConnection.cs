using Orchestrator.BuildKit;
using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;

namespace Orchestrator.Tool;

/// <summary>The engine that a command works with.</summary>
internal sealed class EngineConnection : IAsyncDisposable
{
    private const int OldestMajor = 23;

    private EngineConnection(DockerEngine engine, DockerEnvironment environment, bool usesContainerdStore, string platform)
    {
        (Engine, UsesContainerdStore, Platform) = (engine, usesContainerdStore, platform);
        Credentials = new CredentialStore(environment);
        Proxies = ProxyConfiguration.Read(environment, engine.Endpoint);
        BuildKit = new BuildKitClient(new EngineTransport(engine));
    }

    public DockerEngine Engine { get; }

    public BuildKitClient BuildKit { get; }

    public CredentialStore Credentials { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Proxies { get; }

    public bool UsesContainerdStore { get; }

    /// <summary>Of the engine, such as <c>linux/amd64</c>.</summary>
    public string Platform { get; }

    /// <returns>Null when there is no engine that can be used; why is in <paramref name="diagnostics"/>.</returns>
    public static async Task<EngineConnection?> OpenAsync(ToolEnvironment environment, EngineMissing missing, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var docker = new DockerEnvironment(environment.Variables, environment.HomeDirectory, environment.IsWindows);
        DockerEngine? engine = null;
        try
        {
            engine = new DockerEngine(DockerEndpoint.Resolve(docker));
            var version = engine.VersionAsync(cancellationToken);
            var info = engine.InfoAsync(cancellationToken);
            await Task.WhenAll(version, info).ConfigureAwait(false);
            var facts = await version.ConfigureAwait(false);
            if (facts.Major is > 0 and < OldestMajor)
            {
                diagnostics.Add(Rules.EngineTooOld.Anywhere(engine.Endpoint, facts.Version, OldestMajor));
                engine.Dispose();
                return null;
            }

            return new EngineConnection(engine, docker, (await info.ConfigureAwait(false)).UsesContainerdStore, $"{facts.Os}/{facts.Architecture}");
        }
        catch (DockerUnreachableException exception)
        {
            engine?.Dispose();
            Report(exception.Message, missing, diagnostics);
            return null;
        }
        catch (DockerConfigurationException exception)
        {
            engine?.Dispose();
            diagnostics.Add(Rules.DockerConfiguration.Anywhere(exception.Message));
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await BuildKit.DisposeAsync().ConfigureAwait(false);
        Engine.Dispose();
    }

    private static void Report(string message, EngineMissing missing, DiagnosticBag diagnostics)
    {
        if (missing != EngineMissing.Skip)
        {
            diagnostics.Add((missing == EngineMissing.Warn ? Rules.EngineUnreachable : Rules.EngineUnreachableError).Anywhere(message));
        }
    }
}
