using Orchestrator.BuildKit;
using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.BuildKit.Session;
using Orchestrator.Contexts;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Planning;
using Orchestrator.State;

namespace Orchestrator.Building;

/// <summary>Builds one planned image: a session that serves exactly what was hashed, one solve, and names only when it is complete.</summary>
internal sealed class ImageBuilder(BuildKitClient builder, CredentialStore credentials, BuildStamps stamps, BuildOptions options, TimeProvider time)
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
    /// <param name="names">The names that the image gets, its key tag first.</param>
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
        var session = await builder.OpenSessionAsync(Session(planned, dockerfile), cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            try
            {
                var stamped = await stamps.OfAsync(planned.Image, cancellationToken).ConfigureAwait(false);
                var solve = new SolveOptions
                {
                    SessionId = session.Id,
                    FrontendAttributes = SolveAttributes.Create(planned, dockerfile, basesDigest, stamped, noCache, options.Proxies),
                    ExporterType = "moby",
                    ExporterAttributes = SolveAttributes.Exporter(planned.Image.Node.Build, names),
                    CacheExports = SolveAttributes.CacheExports(planned.Image.Node.Build),
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
        }
    }

    /// <summary>Why an image cannot be built as it was planned on this engine; null when it can.</summary>
    public Diagnostic? Obstacle(PlannedImage planned, bool noCache) => RemotePolicy.Obstacle(planned, noCache, options.EngineMajor) ?? BuildSecrets.Obstacle(planned);

    private SessionOptions Session(PlannedImage planned, ServedDockerfile dockerfile)
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
            directories.Add(SolveAttributes.DirectoryName(name), new PlannedTree(snapshot));
        }

        return new SessionOptions
        {
            SharedKey = SharedKey(planned),
            Directories = directories,
            Credentials = async (host, token) => await credentials.FindAsync(host, token).ConfigureAwait(false) is { } found ? (found.Username, found.Secret) : null,
            Secrets = secrets.FindAsync,
            SshAgent = secrets.OpenAgentAsync,
        };
    }

    /// <summary>Unique per machine, directory and image, so that unchanged files are not sent again and nobody else's copy is touched.</summary>
    private string SharedKey(PlannedImage planned) =>
        GraphState.NameFor($"{options.MachineId}\n{planned.Inputs!.Context.Request.Source.Identity}\n{planned.Name}");
}
