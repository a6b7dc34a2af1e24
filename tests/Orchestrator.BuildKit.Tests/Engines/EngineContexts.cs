namespace Orchestrator.BuildKit.Tests.Engines;

[Category("Engine")]
[TestFixtureSource(typeof(Engine), nameof(Engine.Fixtures))]
internal sealed class EngineContexts(Engine engine, SessionChannel channel) : EngineFixture(engine, channel)
{
    private const string ListContext =
        "ARG UNIQUE\nRUN --mount=type=bind,target=/ctx cd /ctx; /bin/busybox find . -print0 | /bin/busybox sort -z | /bin/busybox tr '\\n\\0' '?\\n'\n";

    [Test, CancelAfter(60_000)]
    public async Task Odd_names_arrive_unchanged(CancellationToken cancellationToken)
    {
        AddShell();
        string[] names =
        [
            "a", "a-b", "a.txt", "b/z", "b-c", "with space", "Ünïcödé", "日本/語", "emoji 😀", "private \uE000", "half \uFF41", "new\nline", "star*", "q?",
            "[x]", "back\\slash", "-dash", "#hash", "quote\"'", new string('x', 250), "percent%41+",
        ];
        foreach (var name in names)
        {
            Context.Write(name, name);
        }

        Context.Write("empty");
        Context.MakeDirectory("hollow/inner");
        Context.Link("dangling", "nowhere/at all");
        Context.Link("loop", "loop");
        Context.Link("up", "../../../etc/passwd");
        await BuildAsync(Shell + ListContext, cancellationToken);
        foreach (var name in (string[])[.. names, "empty", "hollow/inner", "dangling", "loop", "up"])
        {
            Assert.That(Events.Output.Split('\n'), Has.One.EqualTo("./" + name.Replace('\n', '?')));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task Kinds_permissions_targets_and_contents_arrive(CancellationToken cancellationToken)
    {
        AddShell();
        Context.Write("run.sh", "echo hi");
        Context.SetMode("run.sh", 0b111_111_101);
        Context.Write("secret", "12345");
        Context.SetMode("secret", 0b110_000_000);
        Context.Link("link", "run.sh");
        await BuildAsync(
            Shell + "ARG UNIQUE\nCOPY run.sh secret link /c/\nCOPY . /d/\nRUN /bin/busybox stat -c '%n %a %u %g %s' /c/run.sh /c/secret; /bin/busybox readlink /d/link\n",
            cancellationToken);
        Assert.That(Events.Output, Does.Contain("/c/run.sh 755 0 0 7\n").And.Contain("/c/secret 600 0 0 5\n").And.Contain("run.sh\n"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Ignored_files_stay_here(CancellationToken cancellationToken)
    {
        AddShell();
        Context.Write(".dockerignore", "\uFEFF# comment\n**/*.log\nout\n!out/keep\n/Grüße/*\n");
        Context.Write("a.log");
        Context.Write("sub/b.log");
        Context.Write("sub/c");
        Context.Write("out/drop");
        Context.Write("out/keep");
        Context.Write("Grüße/x");
        await BuildAsync(Shell + ListContext, cancellationToken);
        Assert.That(Events.Output, Does.Contain("./sub/c\n").And.Contain("./out/keep\n").And.Contain("./Grüße\n"));
        Assert.That(Events.Output, Does.Not.Contain(".log").And.Not.Contain("drop").And.Not.Contain("Grüße/x"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Links_on_the_way_to_a_copied_file_are_followed(CancellationToken cancellationToken)
    {
        AddShell();
        Context.Write("real/deep/file", "found");
        Context.Write("real/other", "other");
        Context.Link("alias", "real/deep");
        Context.Link("absolute", "/real/other");
        await BuildAsync(
            Shell + "ARG UNIQUE\nCOPY alias/file /one\nCOPY abs*te /two\nRUN /bin/busybox cat /one /two\n", cancellationToken);
        Assert.That(Events.Output, Does.Contain("foundother"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Thousands_of_files_arrive_and_only_changed_ones_again(CancellationToken cancellationToken)
    {
        AddShell();
        for (var i = 0; i < 5000; i++)
        {
            Context.Write($"d{i % 50}/file{i}", $"content {i}");
        }

        var dockerfile = Shell + "ARG UNIQUE\nCOPY . /all\nRUN /bin/busybox find /all -name 'file*' | /bin/busybox xargs /bin/busybox cat | /bin/busybox wc -c\n";
        await BuildAsync(dockerfile, cancellationToken);
        Assert.That(Events.Output, Does.Contain("58890\n"));

        Context.Write("d7/file7", "CONTENT SEVEN");
        await BuildAsync(dockerfile, cancellationToken);
        Assert.That(Events.Output, Does.Contain("58894\n"));
    }

    [Test, CancelAfter(120_000)]
    public async Task A_large_file_streams(CancellationToken cancellationToken)
    {
        AddShell();
        const long Length = 200L * 1024 * 1024;
        using (var file = File.Create(Path.Join(Context.Path, "large")))
        {
            file.SetLength(Length);
        }

        await BuildAsync(Shell + "ARG UNIQUE\nRUN --mount=type=bind,target=/ctx /bin/busybox wc -c /ctx/large\n", cancellationToken);
        Assert.That(Events.Output, Does.Contain($"{Length} /ctx/large"));
    }
}
