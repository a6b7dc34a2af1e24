using System.Text;
using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.BuildKit.Session;
using Orchestrator.Testing;

namespace Orchestrator.BuildKit.Tests.Engine;

[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Labels))]
internal sealed class SolveTests(string engine)
{
    private string _directory = "";
    private BuildKitClient _client = null!;

    [SetUp]
    public void Open()
    {
        _client = new BuildKitClient(new TestTransport(TestEngines.Host(engine)));
        _directory = Directory.CreateTempSubdirectory("orchestrator-").FullName;
    }

    [TearDown]
    public async Task CloseAsync()
    {
        if (_directory.Length > 0)
        {
            await _client.DisposeAsync();
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Test]
    public async Task Workers_tell_the_version_and_the_store()
    {
        var workers = await _client.ListWorkersAsync(CancellationToken.None);

        Assert.That(workers, Has.Count.EqualTo(1));
        Assert.That(workers[0].UsesContainerdStore, Is.EqualTo(engine.Contains("containerd", StringComparison.Ordinal)));
        Assert.That(await _client.InfoAsync(CancellationToken.None), Does.StartWith("v0."));
    }

    [Test]
    public async Task Odd_names_links_and_empty_files_arrive()
    {
        Write("a/with space.txt", "1");
        Write("a/ünï-\U0001F600.txt", "2");
        Write("a/new\nline", "3");
        Write($"a/{new string('n', 250)}", "4");
        Write("a-b", "5");
        Write("empty", "");
        File.CreateSymbolicLink(Path.Join(_directory, "dangling"), "nowhere");
        File.CreateSymbolicLink(Path.Join(_directory, "loop"), "loop");
        Directory.CreateDirectory(Path.Join(_directory, "hollow"));

        var output = await BuildAsync(
            "FROM local/busybox\nCOPY . /c\nRUN cd /c && cat a/* && wc -c <empty && readlink dangling && readlink loop && ls -d hollow\n");

        Assert.That(output, Does.Contain("3412").And.Contain("nowhere").And.Contain("loop").And.Contain("hollow"));
    }

    [Test]
    public async Task Thousands_of_files_arrive()
    {
        for (var i = 0; i < 5000; i++)
        {
            Write($"d{i % 50}/f{i}", $"{i}");
        }

        var output = await BuildAsync("FROM local/busybox\nCOPY . /c\nRUN find /c -type f | wc -l && cat /c/*/f* | wc -c\n");

        Assert.That(output, Does.Contain("5000").And.Contain("18890"));
    }

    [Test]
    public void A_failed_step_knows_its_lines_and_exit_code()
    {
        var failure = Assert.ThrowsAsync<SolveException>(() => BuildAsync("FROM local/busybox\n\nRUN echo one && \\\n    exit 7\n"))!.Failure;

        Assert.That(failure.ExitCode, Is.EqualTo(7));
        Assert.That((failure.Ranges[0].StartLine, failure.Ranges[^1].EndLine), Is.EqualTo((3, 4)));
        Assert.That(failure.VertexDigest, Does.StartWith("sha256:"));
    }

    [Test]
    public void A_syntax_error_knows_its_line()
    {
        var failure = Assert.ThrowsAsync<SolveException>(() => BuildAsync("FROM local/busybox\nFOO bar\n"))!.Failure;

        Assert.That(failure.Ranges[0].StartLine, Is.EqualTo(2));
    }

    [Test]
    public async Task Secrets_reach_only_the_step_that_mounts_them()
    {
        var output = await BuildAsync("FROM local/busybox\nRUN --mount=type=secret,id=canary wc -c </run/secrets/canary\n", secret: "twelve bytes");

        Assert.That(output, Does.Contain("12"));
    }

    [Test]
    public async Task The_tunnel_serves_a_session_too()
    {
        await _client.DisposeAsync();
        _client = new BuildKitClient(new TestTransport(TestEngines.Host(engine)), SessionChannel.Tunnel);
        Write("file", "through the tunnel");

        Assert.That(await BuildAsync("FROM local/busybox\nCOPY file /\nRUN cat /file\n"), Does.Contain("through the tunnel"));
    }

    [Test]
    public void Cancelling_stops_the_step_on_the_daemon()
    {
        using var cancel = new CancellationTokenSource();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.That(
            () => BuildAsync("FROM local/busybox\nRUN sleep 300\n", onOutput: _ => { }, onStep: name => { if (name.Contains("sleep", StringComparison.Ordinal)) { cancel.Cancel(); } }, cancellationToken: cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
    }

    [Test]
    public void A_file_that_becomes_shorter_stops_the_build_with_its_name()
    {
        Write("big", new string('x', 1000));
        var tree = new ShrinkingTree(new DirectoryTree(_directory));

        var exception = Assert.ThrowsAsync<SolveException>(() => BuildAsync("FROM local/busybox\nCOPY . /c\n", tree: tree));

        Assert.That(exception!.Message, Does.Contain("'big' became shorter"));
    }

    private void Write(string path, string content)
    {
        var file = Path.Join(_directory, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }

    private async Task<string> BuildAsync(
        string dockerfile, string? secret = null, ISyncTree? tree = null, Action<string>? onOutput = null, Action<string>? onStep = null, CancellationToken cancellationToken = default)
    {
        var files = new Dictionary<string, ReadOnlyMemory<byte>> { ["Dockerfile"] = Encoding.UTF8.GetBytes(dockerfile) };
        await using var session = await _client.OpenSessionAsync(
            new SessionOptions
            {
                SharedKey = _directory,
                Directories = new Dictionary<string, ISyncTree> { ["context"] = tree ?? new DirectoryTree(_directory), ["dockerfile"] = new MemoryTree(files, TestContext.CurrentContext.Random.NextLong(1L << 50, 1L << 60)) },
                Secrets = (id, _) => Task.FromResult(id == "canary" && secret is not null ? Encoding.UTF8.GetBytes(secret) : null),
            },
            cancellationToken);
        var output = new StringBuilder();
        await _client.SolveAsync(
            new SolveOptions
            {
                SessionId = session.Id,
                FrontendAttributes = new Dictionary<string, string> { ["image-resolve-mode"] = "local", ["no-cache"] = "" },
                ExporterType = "moby",
                ExporterAttributes = new Dictionary<string, string> { ["name"] = "orchestrator-test:solve" },
            },
            news =>
            {
                if (news is StepOutput text)
                {
                    output.Append(Encoding.UTF8.GetString(text.Bytes.Span));
                }
                else if (news is StepProgress { Started: not null, Completed: null } step)
                {
                    onStep?.Invoke(step.Name);
                }
            },
            cancellationToken);
        onOutput?.Invoke(output.ToString());
        return output.ToString();
    }

    /// <summary>Truncates each file between the list and the reading.</summary>
    private sealed class ShrinkingTree(DirectoryTree disk) : ISyncTree
    {
        public IReadOnlyList<SyncEntry> List(string directory) => disk.List(directory);

        public Stream OpenRead(SyncEntry entry)
        {
            File.WriteAllText(Path.Join(disk.Root, entry.Path), "short");
            return disk.OpenRead(entry);
        }
    }
}
