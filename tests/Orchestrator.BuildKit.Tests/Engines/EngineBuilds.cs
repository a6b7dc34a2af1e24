using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.BuildKit.Tests.Engines;

[Category("Engine")]
[TestFixtureSource(typeof(Engine), nameof(Engine.Fixtures))]
internal sealed class EngineBuilds(Engine engine, SessionChannel channel) : EngineFixture(engine, channel)
{
    [Test, CancelAfter(60_000)]
    public async Task The_worker_tells_its_platforms_and_store(CancellationToken cancellationToken)
    {
        var workers = await Client.ListWorkersAsync(cancellationToken);
        Assert.That(workers, Has.Count.EqualTo(1));
        Assert.That(workers[0].Platforms, Has.Some.StartsWith("linux/"));
        Assert.That(workers[0].UsesContainerdStore, Is.EqualTo(Engine.Label.Contains("containerd", StringComparison.Ordinal)));
        Assert.That(await Client.InfoAsync(cancellationToken), Does.StartWith("v"));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_file_is_copied_into_an_image(CancellationToken cancellationToken)
    {
        Context.Write("hello.txt", "hello");
        var result = await BuildAsync("FROM scratch\nCOPY hello.txt /\n", cancellationToken);
        Assert.That(result.ImageDigest, Does.StartWith("sha256:"));
        Assert.That(Events.All.OfType<VertexUpdate>().Select(vertex => vertex.Name), Has.Some.Contains("COPY hello.txt /"));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_failed_run_tells_exit_code_line_and_step(CancellationToken cancellationToken)
    {
        AddShell();
        var failure = Assert.ThrowsAsync<SolveException>(() => BuildAsync(Shell + "RUN echo one && \\\n    exit 3\n", cancellationToken))!;
        Assert.That(failure.ExitCode, Is.EqualTo(3));
        Assert.That(failure.Sources, Is.EqualTo(new[] { new SourceRange("Dockerfile", 4, 4), new SourceRange("Dockerfile", 5, 5) }));
        Assert.That(failure.Message, Does.Contain("exit code: 3"));
        var vertices = Events.All.OfType<VertexUpdate>().Where(vertex => vertex.Digest == failure.VertexDigest);
        Assert.That(vertices.Select(vertex => vertex.Name), Has.Some.Contains("RUN echo one"));
        Assert.That(await Client.ListWorkersAsync(cancellationToken), Is.Not.Empty, "the connection goes on");
    }

    [Test, CancelAfter(60_000)]
    public void A_syntax_error_tells_its_line(CancellationToken cancellationToken)
    {
        var failure = Assert.ThrowsAsync<SolveException>(() => BuildAsync("FROM scratch\n\nFOO bar\n", cancellationToken))!;
        Assert.That(failure.Sources[0].StartLine, Is.EqualTo(3));
        Assert.That(failure.SourceText.Length, Is.GreaterThan(0));
        Assert.That(failure.ExitCode, Is.Null);
    }

    [Test, CancelAfter(60_000)]
    public async Task A_warning_of_the_lint_tells_its_line(CancellationToken cancellationToken)
    {
        Context.Write("a", "a");
        await BuildAsync("FROM scratch\nCOPY a /a\nMAINTAINER me\n", cancellationToken);
        if (Events.All.OfType<WarningUpdate>().FirstOrDefault() is not { } warning)
        {
            Assert.Ignore("This engine's BuildKit is older than 0.14 and has no lint.");
            return;
        }

        Assert.That(warning.Short, Does.Contain("MaintainerDeprecated"));
        Assert.That(warning.Ranges[0], Is.EqualTo(new SourceRange("Dockerfile", 3, 3)));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_secret_is_mounted_and_a_missing_one_fails(CancellationToken cancellationToken)
    {
        AddShell();
        var session = Session(Shell + "ARG UNIQUE\nRUN --mount=type=secret,id=token,required echo \"<$(/bin/busybox cat /run/secrets/token)>\"\n");
        await BuildAsync(
            session with { Secrets = (id, _) => Task.FromResult<byte[]?>(id == "token" ? "s3cret"u8.ToArray() : null) }, cancellationToken);
        Assert.That(Events.Output, Does.Contain("<s3cret>"));

        var failure = Assert.ThrowsAsync<SolveException>(() => BuildAsync(session, cancellationToken))!;
        Assert.That(failure.Message, Does.Contain("token").And.Contain("not found"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Cancelling_stops_a_run_in_the_daemon(CancellationToken cancellationToken)
    {
        AddShell();
        var started = Events.Printed("it runs");
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var build = BuildAsync(Shell + "ARG UNIQUE\nRUN echo it runs; /bin/busybox sleep 600\n", cancel.Token);
        await started.WaitAsync(cancellationToken);
        await cancel.CancelAsync();
        Assert.That(async () => await build, Throws.InstanceOf<OperationCanceledException>());

        // The layer below is in use as long as the step runs; it can be pruned away as soon as the daemon has stopped it.
        Context.Write("again", "again");
        await BuildAsync("FROM scratch\nCOPY again /\n", cancellationToken);
        while ((await Client.DiskUsageAsync(cancellationToken)).Any(record => record.InUse && record.Description.Contains("sleep 600", StringComparison.Ordinal)))
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task A_source_is_converted_to_another_one(CancellationToken cancellationToken)
    {
        Context.Write("base.txt", "base");
        await BuildAsync(
            Session("FROM scratch\nCOPY base.txt /\n"),
            cancellationToken,
            solve => solve with { ExporterAttributes = new Dictionary<string, string> { ["name"] = "local/buildkit-tests-base:latest" } });
        var result = await BuildAsync(
            Session("FROM orchestrator.invalid/nowhere:1\nCOPY base.txt /again.txt\n"),
            cancellationToken,
            solve => solve with
            {
                SourceConversions =
                [
                    new SourceConversion("docker-image://orchestrator.invalid/nowhere:1", "docker-image://docker.io/local/buildkit-tests-base:latest"),
                ],
            });
        Assert.That(result.ImageDigest, Does.StartWith("sha256:"));
    }

    [Test, CancelAfter(60_000)]
    public void A_wrong_exporter_is_refused(CancellationToken cancellationToken)
    {
        Context.Write("a", "a");
        var failure = Assert.ThrowsAsync<SolveException>(() => BuildAsync(
            Session("FROM scratch\nCOPY a /\n"), cancellationToken, solve => solve with { ExporterType = "nonsense" }))!;
        Assert.That(failure.Message, Does.Contain("nonsense"));
    }

    [Test, CancelAfter(60_000)]
    public void A_tree_that_fails_is_the_sessions_failure(CancellationToken cancellationToken)
    {
        var tree = new MemoryTree(new Dictionary<string, byte[]> { ["a"] = [1] });
        var session = Session("FROM scratch\nCOPY a /\n");
        session = session with { Directories = new Dictionary<string, ISyncTree>(session.Directories) { ["context"] = new UnreadableTree(tree) } };
        var failure = Assert.ThrowsAsync<AggregateException>(() => BuildAsync(session, cancellationToken))!;
        Assert.That(failure.InnerException, Is.InstanceOf<SyncTreeException>().With.Message.EqualTo("a is on strike"));
    }

    [Test, CancelAfter(60_000)]
    public async Task The_cache_is_listed_and_pruned(CancellationToken cancellationToken)
    {
        Context.Write("a", Guid.NewGuid().ToString());
        await BuildAsync("FROM scratch\nCOPY a /\n", cancellationToken);
        Assert.That(await Client.DiskUsageAsync(cancellationToken), Is.Not.Empty);
        var removed = await Client.PruneAsync(new PruneOptions { Filters = ["type==source.local"] }, cancellationToken);
        Assert.That(removed.Select(record => record.Id), Is.Unique);
    }

    private sealed class UnreadableTree(ISyncTree inner) : ISyncTree
    {
        public IReadOnlyList<SyncEntry> List(string directory) => inner.List(directory);

        public Stream OpenRead(SyncEntry entry) => throw new SyncTreeException($"{entry.Path} is on strike");
    }
}
