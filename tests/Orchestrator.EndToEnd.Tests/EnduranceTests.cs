using System.Diagnostics;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Large and odd contexts, kills, and two runs at once.</summary>
[Category("Engine")]
internal sealed class EnduranceTests
{
    /// <summary>Bytes; more than 31 bits say.</summary>
    private const long Large = (2L << 30) + 1;

    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(TestEngines.First);

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task Odd_names_and_links_arrive_and_pipes_do_not_hang()
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nCOPY . /c\nRUN cd /c && ls -A | wc -l >/n && readlink dangling >>/n && readlink loop >>/n\n")
            .Write("a/with space", "1").Write("a/ünï\U0001F600", "2").Write($"a/{new string('x', 250)}", "3").Write("a/new\nline", "4");
        File.CreateSymbolicLink(Path.Join(_repository.Root, "a/dangling"), "nowhere");
        File.CreateSymbolicLink(Path.Join(_repository.Root, "a/loop"), "loop");
        using (var pipe = Process.Start("mkfifo", [Path.Join(_repository.Root, "a/pipe")]))
        {
            await pipe.WaitForExitAsync();
        }

        var outcome = await _repository.RunAsync("build");
        var again = await _repository.RunAsync("build");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(await _repository.CatAsync("a", "/n"), Does.EndWith("nowhere\nloop"));
        Assert.That(again.Text, Does.Contain("1 up-to-date"), again.ToString());
    }

    [Test]
    public async Task A_large_sparse_file_is_streamed()
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nRUN --mount=type=bind,target=/c wc -c </c/sparse >/size\n");
        await using (var file = File.Create(Path.Join(_repository.Root, "a/sparse")))
        {
            file.SetLength(Large);
        }

        var process = _repository.Start("build");
        var peak = 0L;
        var ended = _repository.EndAsync(process);
        while (await Task.WhenAny(ended, Task.Delay(100)) != ended)
        {
            process.Refresh();
            peak = process.HasExited ? peak : Math.Max(peak, process.PeakWorkingSet64);
        }

        Assert.That((await ended).ExitCode, Is.Zero, (await ended).ToString());
        Assert.That(await _repository.CatAsync("a", "/size"), Is.EqualTo($"{Large}"));
        Assert.That(peak, Is.LessThan(500L << 20));
    }

    [Test]
    public async Task Fifty_thousand_files_arrive()
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nRUN --mount=type=bind,target=/c find /c -type f | wc -l >/n\n");
        for (var i = 0; i < 50_000; i++)
        {
            _repository.Write($"a/d{i % 100}/f{i}", "x");
        }

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(await _repository.CatAsync("a", "/n"), Is.EqualTo("50001").Or.EqualTo("50002"));
    }

    [Test]
    public async Task A_kill_leaves_nothing_wrong_behind()
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nRUN : @ && sleep 3\n");
        var process = await StartedAsync();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();

        var plan = await _repository.RunAsync("plan");
        var build = await _repository.RunAsync("build");

        Assert.That(plan.Text, Does.Contain("build"), plan.ToString());
        Assert.That(build.Text, Does.Contain("1 built"), build.ToString());
    }

    [Test]
    public async Task An_interrupt_stops_the_daemons_step_and_says_130()
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nRUN sleep 120; : @\n");
        var process = await StartedAsync();
        Assert.That(await Steps.AwaitAsync(_repository.Prefix, isRunning: true), "the step never ran");
        using (var interrupt = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await interrupt.WaitForExitAsync();
        }

        var outcome = await _repository.EndAsync(process);

        Assert.That(outcome.ExitCode, Is.EqualTo(130), outcome.ToString());
        Assert.That(await Steps.AwaitAsync(_repository.Prefix, isRunning: false), "the step goes on without anybody waiting for it");
    }

    [Test]
    public async Task A_kill_stops_the_daemons_step_too()
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nRUN sleep 120; : @\n");
        var process = await StartedAsync();
        Assert.That(await Steps.AwaitAsync(_repository.Prefix, isRunning: true), "the step never ran");

        process.Kill(entireProcessTree: true);

        Assert.That(await Steps.AwaitAsync(_repository.Prefix, isRunning: false), "the step goes on without anybody waiting for it");
    }

    [Test]
    public async Task A_second_run_waits_and_then_has_nothing_to_do()
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nRUN : @ && sleep 3\n");
        var first = await StartedAsync();

        var second = await _repository.RunAsync("build");
        await first.WaitForExitAsync();

        Assert.That(second.Text, Does.Contain($"waiting for process {first.Id}").And.Contain("1 up-to-date"), second.ToString());
    }

    [Test]
    public async Task A_second_checkout_of_the_same_graph_waits_and_builds_what_it_then_finds()
    {
        await using var other = new Repository(TestEngines.First);
        other.Variables["XDG_CACHE_HOME"] = _repository.State;
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nRUN : @ && sleep 4\n");
        other.Write("images.yml", $"name: {_repository.Prefix}\nimages:\n  {_repository.Prefix}-a: a\n").Write("a/Dockerfile", "FROM local/busybox\nENV A=1\n");
        var first = await StartedAsync();
        var second = other.Start("build");
        while (await second.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("waiting", StringComparison.Ordinal))
        {
        }

        other.Write("a/Dockerfile", "FROM local/busybox\nENV A=2\n");
        var outcome = await other.EndAsync(second);
        await first.WaitForExitAsync();

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(await _repository.DockerAsync("run", "--rm", "@-a", "sh", "-c", "echo $A"), Is.EqualTo("2"));
    }

    [Test]
    public async Task An_engine_killed_in_mid_build_is_one_error()
    {
        var name = $"kill-{Environment.ProcessId}";
        await EngineAsync("start", name);
        try
        {
            var socket = (await EngineAsync("env", name)).Split('=')[1].Trim();
            _repository.Variables["DOCKER_HOST"] = socket;
            _repository.WriteGraph("a").Write("a/Dockerfile", "FROM scratch\nCOPY f /f\n").Write("a/f", "1");
            await File.WriteAllBytesAsync(Path.Join(_repository.Root, "a/f"), new byte[1 << 30]);
            var process = await StartedAsync();
            await EngineAsync("stop", name);

            var outcome = await _repository.EndAsync(process);

            Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
            Assert.That(outcome.Text, Does.Contain("error ORC0106").Or.Contain("error ORC0102").Or.Contain("error ORC3010"), outcome.ToString());
        }
        finally
        {
            await EngineAsync("stop", name);
        }
    }

    private async Task<Process> StartedAsync()
    {
        var process = _repository.Start("build");
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("building", StringComparison.Ordinal))
        {
        }

        return process;
    }

    private static Task<string> EngineAsync(string command, string name) => Scripts.RunAsync("engine", null, command, "--name", name);
}
