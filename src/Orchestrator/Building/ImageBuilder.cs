using Orchestrator.BuildKit;
using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.BuildKit.Session;
using Orchestrator.Contexts;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.State;

namespace Orchestrator.Building;

/// <summary>Builds one planned image: a session that serves exactly what was hashed, one solve, and names only when it is complete.</summary>
internal sealed class ImageBuilder(BuildKitClient builder, CredentialStore credentials, BuildStamps stamps, SharedContexts contexts, BuildOptions options, TimeProvider time)
{
    /// <summary>Begins in the background what the first image would wait for; called when something is going to be built.</summary>
    public void Prepare()
    {
        stamps.Prepare();
        builder.Prepare();
    }

    /// <param name="planned">What to build; its key is known.</param>
    /// <param name="substitutes">What each reference stands for on this engine.</param>
    /// <param name="basesDigest">Which builds of its bases it is built on.</param>
    /// <param name="noCache">Run every step again.</param>
    /// <param name="names">The names that the image gets, in the order in which it gets them.</param>
    /// <param name="progress">Told from one thread at a time.</param>
    /// <param name="cancellationToken">Stops the daemon's work.</param>
    /// <returns>The engine's ID of the image.</returns>
    /// <exception cref="SolveException">The daemon refused or a step failed.</exception>
    /// <exception cref="SyncTreeException">A file could not be sent, or is not what was planned (<see cref="ContextChangedException"/>).</exception>
    /// <exception cref="BuildKitConnectionException">The channel broke.</exception>
    public async Task<string> BuildAsync(
        PlannedImage planned, IReadOnlyDictionary<string, string> substitutes, BasesDigests basesDigest, bool noCache, IReadOnlyList<string> names, IProgress<SolveEvent> progress, CancellationToken cancellationToken)
    {
        var dockerfile = ServedDockerfile.Create(planned.Image, substitutes);
        var shared = await contexts.OfAsync(planned, cancellationToken).ConfigureAwait(false);
        var session = await builder.OpenSessionAsync(Session(planned, dockerfile, shared), cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            try
            {
                var hostGateway = GatewayUse(planned) is null ? null : await HostGatewayAsync(cancellationToken).ConfigureAwait(false);
                var stamped = await stamps.OfAsync(planned.Image, cancellationToken).ConfigureAwait(false);
                var attributes = SolveAttributes.Create(planned, dockerfile, basesDigest, stamped, noCache, hostGateway, options);
                foreach (var (name, context) in shared)
                {
                    context.AddTo(name, attributes);
                }

                var solve = new SolveOptions
                {
                    SessionId = session.Id,
                    FrontendAttributes = attributes,
                    ExporterType = "moby",
                    ExporterAttributes = SolveAttributes.Exporter(planned.Image.Node.Build, names),
                    CacheExports = SolveAttributes.CacheExports(planned.Image.Node.Build, options.Environment),
                    SourceConversions = dockerfile.Conversions,
                    Entitlements = SolveAttributes.Entitlements(planned.Image.Node.Build),
                };
                var result = await builder.SolveAsync(RemotePolicy.Apply(solve, planned), progress, cancellationToken).ConfigureAwait(false);
                return result.ImageDigest ?? "";
            }
            catch (Exception exception) when (exception is SolveException or BuildKitConnectionException && session.Failure is SyncTreeException)
            {
                // The daemon only repeats what our side told it.
                throw session.Failure;
            }
            catch (SolveException exception) when (exception.ExitCode is null && shared.Values.Select(context => context.Failure).OfType<SyncTreeException>().FirstOrDefault() is { } failure)
            {
                throw failure;
            }
            catch (SolveException exception) when (exception.ExitCode is null && (session.Completed.IsCompleted || shared.Values.Any(context => context.Session.Completed.IsCompleted)))
            {
                // Only we end sessions, and only after the build: what the daemon says is that it could not call back.
                throw new BuildKitConnectionException($"The session with the builder was lost: {exception.Message}", exception);
            }
        }
    }

    /// <summary>Why an image cannot be built as it was planned, here and on this engine; null when it can.</summary>
    /// <exception cref="BuildKitConnectionException">The channel broke.</exception>
    /// <exception cref="BuildKitCallException">The builder does not say what it is asked.</exception>
    public async Task<Diagnostic?> ObstacleAsync(PlannedImage planned, bool noCache, CancellationToken cancellationToken) =>
        RemotePolicy.Obstacle(planned, noCache, options.EngineMajor)
        ?? StageNamesakes.Obstacle(planned, noCache, options.EngineMajor)
        ?? await new BuildSecrets(planned.Image.Node.Build, options.Environment).ObstacleAsync(planned.Image, cancellationToken).ConfigureAwait(false)
        ?? (GatewayUse(planned) is { } host && await HostGatewayAsync(cancellationToken).ConfigureAwait(false) is null
            ? Rules.InvalidValue.At(host.Span, host.Value, "extra_hosts", $"this engine does not say which address {BuildDefinition.HostGateway} is; engines from version 25 on do")
            : null);

    /// <summary>What a registry is told: an identity token stands without a user, for with one it would be taken for a password.</summary>
    internal static (string User, string Secret) Login(RegistryCredentials found) => (found.IsIdentityToken ? "" : found.Username, found.Secret);

    private static Located<string>? GatewayUse(PlannedImage planned) => planned.Image.Node.Build.ExtraHosts.FirstOrDefault(host => SolveAttributes.NamesGateway(host.Value));

    private async Task<string?> HostGatewayAsync(CancellationToken cancellationToken) =>
        (await builder.ListWorkersAsync(cancellationToken).ConfigureAwait(false)).Select(worker => worker.HostGateway).FirstOrDefault(address => !string.IsNullOrEmpty(address));

    private SessionOptions Session(PlannedImage planned, ServedDockerfile dockerfile, IReadOnlyDictionary<string, SharedContext> shared)
    {
        var image = planned.Image;
        var secrets = new BuildSecrets(image.Node.Build, options.Environment);
        var files = dockerfile.Files(SolveAttributes.FileName(image), image.IgnoreText);
        var directories = new Dictionary<string, ISyncTree>(StringComparer.Ordinal)
        {
            ["context"] = new PlannedTree(planned.Inputs!.Context),
            // A fresh time: the oldest daemons compare only size and time, even of Dockerfiles.
            ["dockerfile"] = new MemoryTree(files, time),
        };
        foreach (var (name, snapshot) in planned.Inputs.NamedContexts)
        {
            if (shared.TryGetValue(name, out var context))
            {
                directories[context.Name] = context.Tree;
            }
            else
            {
                directories.Add(SolveAttributes.DirectoryName(name), new PlannedTree(snapshot));
            }
        }

        return new SessionOptions
        {
            SharedKey = SharedKey(planned),
            Directories = directories,
            // The daemon asks for a user and a secret; it would have to be told of a token of the registry's own in another way.
            Credentials = async (host, token) => await credentials.FindAsync(host, token).ConfigureAwait(false) is { IsRegistryToken: false } found ? Login(found) : null,
            Secrets = secrets.FindAsync,
            SshAgent = secrets.OpenAgentAsync,
        };
    }

    /// <summary>Unique per machine, directory and image, so that unchanged files are not sent again and nobody else's copy is touched; and for directories with these permissions.</summary>
    private string SharedKey(PlannedImage planned)
    {
        var modes = planned.Inputs!.NamedContexts.OrderBy(context => context.Key, StringComparer.Ordinal).Select(context => $"\n{context.Key} {context.Value.DirectoryModes}");
        return GraphState.NameFor($"{options.MachineId}\n{planned.Inputs.Context.Request.Source.Identity}\n{planned.Name}\n{planned.Inputs.Context.DirectoryModes}{string.Concat(modes)}");
    }
}
