using System.Globalization;
using Orchestrator.Docker;
using Orchestrator.Oracle.Tests.Judging;
using Orchestrator.Testing;

namespace Orchestrator.Oracle.Tests;

/// <summary>
/// What is built is what was hashed (design, section 6): read out of the built image. BuildKit takes a file that it has already for the new one when size
/// and time are equal, so every change here leaves both as they were.
/// </summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Labels))]
internal sealed class ServedContentTests(string label)
{
    private static readonly DateTime Time = DateTime.UnixEpoch.AddDays(11_000);

    private string _host = null!;
    private string _root = null!;
    private string _name = null!;
    private Product _product = null!;

    [SetUp]
    public void Open()
    {
        _host = TestEngines.Host(label);
        _root = Directory.CreateTempSubdirectory("orchestrator-served-").FullName;
        _name = "served" + Guid.NewGuid().ToString("N")[..8];
        _product = new Product(_host, _root);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        if (_product is null)
        {
            return;
        }

        // Only its own are looked at: on containerd's store a listing fails when another test removes one of its images meanwhile.
        var images = await DockerCommand.RunAsync(_host, default, "image", "ls", "--format", "{{.Repository}}:{{.Tag}}", "--filter", $"reference={_name}*", "--filter", $"reference=orchestrator.invalid/{_name}/*");
        foreach (var image in images.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            await DockerCommand.TryAsync(_host, default, "image", "rm", "--force", image);
        }

        _product.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Test, CancelAfter(120_000)]
    public async Task A_copied_file_is_the_one_on_disk(CancellationToken cancellationToken)
    {
        Write("images.yml", $"name: {_name}\nimages:\n  {_name}: app\n");
        Write("app/Dockerfile", "FROM local/busybox\nCOPY file /file\n");

        await EachContentArrivesAsync("app/file", cancellationToken);
    }

    [Test, CancelAfter(120_000)]
    public async Task A_mounted_file_is_the_one_on_disk(CancellationToken cancellationToken)
    {
        Write("images.yml", $"name: {_name}\nimages:\n  {_name}: app\n");
        Write("app/Dockerfile", "FROM local/busybox\nRUN --mount=type=bind,source=data,target=/data cp /data/file /file\n");

        await EachContentArrivesAsync("app/data/file", cancellationToken);
    }

    [Test, CancelAfter(120_000)]
    public async Task A_file_of_a_named_context_is_the_one_on_disk(CancellationToken cancellationToken)
    {
        Write("images.yml", $"name: {_name}\nimages:\n  {_name}:\n    context: app\n    additional_contexts:\n      extra: shared\n");
        Write("app/Dockerfile", "FROM local/busybox\nCOPY --from=extra sub/f* /file\n");

        await EachContentArrivesAsync("shared/sub/file", cancellationToken);
    }

    /// <summary>A builder that is sent only the new permissions of a directory does not look at what it copied from it before.</summary>
    [TestCase(false), TestCase(true), CancelAfter(120_000)]
    public async Task A_directory_has_the_permissions_that_it_has_on_disk(bool isShared, CancellationToken cancellationToken)
    {
        Write("images.yml", $"name: {_name}\nimages:\n  {_name}: {{ context: app, additional_contexts: {{ extra: shared }} }}\n"
            + (isShared ? $"  {_name}-other: {{ context: other, additional_contexts: {{ extra: shared }} }}\n" : ""));
        Write("app/Dockerfile", "FROM local/busybox\nCOPY . /own\nCOPY --from=extra . /extra\nRUN --mount=type=bind,from=extra,target=/mounted stat -c %a /mounted/folder >/mounted-mode\n");
        Write("other/Dockerfile", "FROM local/busybox\nCOPY --from=extra . /extra\nENV OTHER=1\n");
        Write("app/folder/file", "one");
        Write("shared/folder/file", "one");
        foreach (var mode in (string[])["700", "755", "750", "700"])
        {
            foreach (var folder in (string[])["app/folder", "shared/folder"])
            {
                File.SetUnixFileMode(Path.Join(_root, folder), (UnixFileMode)Convert.ToInt32(mode, 8));
            }

            var (code, text) = await _product.BuildAsync(cancellationToken);

            Assert.That(code, Is.Zero, text);
            Assert.That(
                (await DockerCommand.RunAsync(_host, cancellationToken, "run", "--rm", _name, "sh", "-c", "stat -c %a /own/folder /extra/folder; cat /mounted-mode")).Split('\n', StringSplitOptions.RemoveEmptyEntries),
                Is.All.EqualTo(mode));
        }
    }

    /// <summary>As <c>docker build</c> judges it.</summary>
    [TestCase("../patterns"), TestCase("/inner/patterns"), TestCase("inner/patterns"), CancelAfter(120_000)]
    public async Task A_link_for_an_ignore_file_ignores_what_the_builder_ignores_by_it(string target, CancellationToken cancellationToken)
    {
        Write("images.yml", $"name: {_name}\nimages:\n  {_name}: app\n");
        Write("app/Dockerfile", "FROM local/busybox\nCOPY . /own\n");
        Write("app/file", "one");
        Write("app/inner/patterns", "file\n");
        Write("patterns", "file\n");
        File.CreateSymbolicLink(Path.Join(_root, "app/.dockerignore"), target);

        var (code, text) = await _product.BuildAsync(cancellationToken);
        await DockerCommand.RunAsync(_host, cancellationToken, "buildx", "build", "--quiet", "--tag", _name + "-peer", Path.Join(_root, "app"));

        Assert.That(code, Is.Zero, text);
        Assert.That(await FilesAsync(_name), Is.EqualTo(await FilesAsync(_name + "-peer")));

        Task<string> FilesAsync(string image) => DockerCommand.RunAsync(_host, cancellationToken, "run", "--rm", image, "find", "/own");
    }

    [Test, CancelAfter(120_000)]
    public async Task A_file_behind_a_link_is_the_one_on_disk(CancellationToken cancellationToken)
    {
        Write("images.yml", $"name: {_name}\nimages:\n  {_name}: app\n");
        Write("app/Dockerfile", "FROM local/busybox\nCOPY link/file /file\n");
        Directory.CreateDirectory(Path.Join(_root, "app/real"));
        File.CreateSymbolicLink(Path.Join(_root, "app/link"), "real");

        await EachContentArrivesAsync("app/real/file", cancellationToken);
    }

    [Test, CancelAfter(120_000)]
    public async Task A_file_that_a_trigger_of_a_base_copies_is_the_one_on_disk(CancellationToken cancellationToken)
    {
        Write("images.yml", $"name: {_name}\nimages:\n  {_name}-base: base\n  {_name}: app\n");
        Write("base/Dockerfile", "FROM local/busybox\nENV WHAT=fi\nONBUILD COPY ${WHAT}* /file\n");
        Write("app/Dockerfile", $"FROM {_name}-base\n");

        await EachContentArrivesAsync("app/file", cancellationToken);
    }

    /// <summary>In a stage that is built from another the image's variables are set once more. For the tmpfs mount BuildKit asks for everything, which shows nothing of what it takes.</summary>
    [Test, CancelAfter(120_000)]
    public async Task A_file_that_a_variable_of_another_stage_names_is_the_one_on_disk(CancellationToken cancellationToken)
    {
        Write("images.yml", $"name: {_name}\nimages:\n  {_name}: app\n");
        Write("app/Dockerfile", "FROM local/busybox AS base\nENV WHAT=fi\nARG WHAT=other\nRUN --mount=type=tmpfs,target=/t true\nFROM base\nCOPY ${WHAT}* /\n");
        Write("app/other", "other");

        await EachContentArrivesAsync("app/file", cancellationToken);
        Assert.That(await DockerCommand.RunAsync(_host, cancellationToken, "run", "--rm", _name, "ls", "/"), Does.Not.Contain("other"));
    }

    /// <summary>Since BuildKit 0.18 they are those of the stage, before those of the image that takes its place.</summary>
    [Test, CancelAfter(120_000)]
    public async Task What_triggers_of_a_replaced_stage_take_is_in_the_key(CancellationToken cancellationToken)
    {
        Write("images.yml", $"name: {_name}\nimages:\n  {_name}:\n    context: app\n    additional_contexts: {{ base: \"docker-image://local/busybox\" }}\n");
        Write("app/Dockerfile", "FROM local/busybox AS base\nONBUILD COPY file /file\nFROM base\n");
        var runs = int.Parse((await DockerCommand.RunAsync(_host, cancellationToken, "version", "--format", "{{.Server.Version}}")).Split('.')[0], CultureInfo.InvariantCulture) >= 28;
        foreach (var content in (string[])["one", "two"])
        {
            Write("app/file", content);
            await ActionIsAsync("build", cancellationToken);
            var (code, text) = await _product.BuildAsync(cancellationToken);

            Assert.That(code, Is.Zero, text);
            Assert.That(await DockerCommand.RunAsync(_host, cancellationToken, "run", "--rm", _name, "sh", "-c", "cat /file 2>/dev/null || echo none"), Is.EqualTo(runs ? content : "none\n"));
        }
    }

    /// <summary>For a tmpfs mount BuildKit asks for the whole context, of which nothing is taken.</summary>
    [Test, CancelAfter(120_000)]
    public async Task What_is_asked_for_without_need_is_not_in_the_key(CancellationToken cancellationToken)
    {
        Write("images.yml", $"name: {_name}\nimages:\n  {_name}: app\n");
        Write("app/Dockerfile", "FROM local/busybox\nRUN --mount=type=tmpfs,target=/t touch /t/x\nCOPY file /file\n");
        Write("app/other", "one");
        await EachContentArrivesAsync("app/file", cancellationToken);

        Write("app/other", "two");

        await ActionIsAsync("up-to-date", cancellationToken);
    }

    [Test, CancelAfter(120_000)]
    public async Task An_edit_while_the_base_is_being_built_arrives_and_leaves_no_false_key(CancellationToken cancellationToken)
    {
        Write("images.yml", $"name: {_name}\nimages:\n  {_name}-base: base\n  {_name}: app\n");
        Write("base/Dockerfile", $"FROM local/busybox\nRUN sleep 3; echo {_name} > /base\n");
        Write("app/Dockerfile", $"FROM {_name}-base\nCOPY file /file\n");
        Write("app/file", "planned");
        var planned = (await _product.PlanAsync(cancellationToken)).Key(_name);

        var building = _product.BuildAsync(cancellationToken);
        await Task.Delay(1500, cancellationToken);
        Write("app/file", "changed");
        var (code, text) = await building;

        Assert.That(code, Is.Zero, text);
        Assert.That(await DockerCommand.ReadAsync(_host, _name, "/file", cancellationToken), Is.EqualTo("changed"));
        Assert.That(await LabelAsync(_name, cancellationToken), Is.EqualTo((await _product.PlanAsync(cancellationToken)).Key(_name)).And.Not.EqualTo(planned));
        await ActionIsAsync("up-to-date", cancellationToken);
        Write("app/file", "planned");
        await ActionIsAsync("build", cancellationToken);
    }

    /// <summary>Whatever a build that raced with edits left behind: an image that carries a key holds what that key was computed from.</summary>
    [Test, CancelAfter(300_000)]
    public async Task Edits_at_any_moment_never_put_content_under_a_wrong_key(CancellationToken cancellationToken)
    {
        Write("images.yml", $"name: {_name}\nimages:\n  {_name}: app\n");
        Write("app/Dockerfile", "FROM local/busybox\nCOPY . /data/\n");
        for (var file = 0; file < 200; file++)
        {
            Write($"app/many/file{file}", new string('x', 20_000));
        }

        for (var round = 0; round < 6; round++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var editing = EditAsync(stop.Token);
            await _product.BuildAsync(cancellationToken);
            await stop.CancelAsync();
            await editing;
            foreach (var content in (string[])["A", "B"])
            {
                Write("app/file", content);
                var plan = (await _product.PlanAsync(cancellationToken)).Images[_name];
                if (plan.Action != "build")
                {
                    var (code, text) = await _product.BuildAsync(cancellationToken);
                    Assert.That(code, Is.Zero, text);
                    Assert.That(await DockerCommand.ReadAsync(_host, _name, "/data/file", cancellationToken), Is.EqualTo(content), $"round {round}: {plan.Action}, {plan.Reason}");
                }
            }
        }

        async Task EditAsync(CancellationToken stopped)
        {
            for (var turn = 0; !stopped.IsCancellationRequested; turn++)
            {
                Write("app/file", turn % 2 == 0 ? "A" : "B");
                await Task.Delay(7, CancellationToken.None);
            }
        }
    }

    private async Task EachContentArrivesAsync(string file, CancellationToken cancellationToken)
    {
        string[] contents = ["one", "two", "six", "one", "two"];
        foreach (var content in contents)
        {
            Write(file, content);
            var (code, text) = await _product.BuildAsync(cancellationToken);

            Assert.That(code, Is.Zero, text);
            Assert.That(await DockerCommand.ReadAsync(_host, _name, "/file", cancellationToken), Is.EqualTo(content));
            await ActionIsAsync("up-to-date", cancellationToken);
        }
    }

    private async Task ActionIsAsync(string action, CancellationToken cancellationToken) =>
        Assert.That((await _product.PlanAsync(cancellationToken)).Images[_name].Action, Is.EqualTo(action));

    private async Task<string?> LabelAsync(string image, CancellationToken cancellationToken)
    {
        await using var engine = new DockerEngine(new DockerEndpoint(new Uri(_host), "the test", null));
        return (await engine.InspectImageAsync(image, cancellationToken))?.Labels.GetValueOrDefault("orchestrator.key");
    }

    /// <summary>In place, always with the same time.</summary>
    private void Write(string path, string content)
    {
        var full = Path.Join(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
        File.SetLastWriteTimeUtc(full, Time);
    }
}
