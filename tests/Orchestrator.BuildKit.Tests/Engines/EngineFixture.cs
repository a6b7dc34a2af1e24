using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.BuildKit.Session;

namespace Orchestrator.BuildKit.Tests.Engines;

/// <summary>What the tests on a real engine share: a client, an empty context, a build of it.</summary>
internal abstract class EngineFixture(Engine engine, SessionChannel channel)
{
    /// <summary>The first lines of a Dockerfile whose RUN works without any base image; the shell is on line 3.</summary>
    protected const string Shell = "FROM scratch\nCOPY busybox /bin/busybox\nSHELL [\"/bin/busybox\", \"sh\", \"-euc\"]\n";

    protected BuildKitClient Client { get; private set; } = null!;

    protected TemporaryDirectory Context { get; private set; } = null!;

    protected RecordedEvents Events { get; private set; } = null!;

    protected Engine Engine => engine;

    [SetUp]
    public void Connect()
    {
        Client = new BuildKitClient(new UnixSocketTransport(Engine.SocketPath), channel);
        Context = new TemporaryDirectory();
        Events = new RecordedEvents();
    }

    [TearDown]
    public async Task DisconnectAsync()
    {
        if (Client is not null)
        {
            await Client.DisposeAsync();
            Context.Dispose();
        }
    }

    protected void AddShell() => File.Copy(Engine.Busybox(), Path.Join(Context.Path, "busybox"));

    protected SessionOptions Session(string dockerfile) => new()
    {
        SharedKey = Context.Path,
        Directories = new Dictionary<string, ISyncTree>
        {
            ["context"] = new DirectoryTree(Context.Path),
            ["dockerfile"] = MemoryTree.WithFile("Dockerfile", dockerfile),
        },
    };

    protected async Task<SolveResult> BuildAsync(
        SessionOptions options, CancellationToken cancellationToken, Func<SolveOptions, SolveOptions>? change = null)
    {
        await using var session = await Client.OpenSessionAsync(options, cancellationToken);
        var solve = new SolveOptions
        {
            SessionId = session.Id,
            FrontendAttributes = new Dictionary<string, string>
            {
                ["filename"] = "Dockerfile",
                ["image-resolve-mode"] = "local",
                ["build-arg:UNIQUE"] = Guid.NewGuid().ToString("N"),
            },
            ExporterType = "moby",
        };
        try
        {
            return await Client.SolveAsync(change?.Invoke(solve) ?? solve, Events, cancellationToken);
        }
        catch (SolveException) when (session.Failure is { } failure)
        {
            throw new AggregateException(failure);
        }
    }

    protected Task<SolveResult> BuildAsync(string dockerfile, CancellationToken cancellationToken) => BuildAsync(Session(dockerfile), cancellationToken);
}
