using System.Diagnostics;
using System.Text.RegularExpressions;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>The command at its edges: what it is given, and failures that nothing else foresaw.</summary>
[Category("Engine")]
internal sealed class CommandTests
{
    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(TestEngines.First);

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [TestCase("folder", "error ORC1001: The graph file cannot be read: it is a directory, in which there is neither images.yml nor a Compose file.", TestName = "A_directory_as_file")]
    [TestCase("nothing", "error ORC1001: The graph file cannot be read: Could not find file", TestName = "A_file_that_does_not_exist")]
    [TestCase("closed", "error ORC1001: The graph file cannot be read: Access to the path", TestName = "A_file_that_may_not_be_read")]
    public async Task A_graph_file_that_cannot_be_read_is_one_diagnostic_in_words(string file, string expected)
    {
        _repository.Write("folder/x", "").Write("closed", "images: {}").SetMode("closed", UnixFileMode.None);
        _repository.ObeysPermissions = true;

        var outcome = await _repository.RunAsync("graph", "--file", file);

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text.Trim(), Does.Match($"\\A{Regex.Escape($"{Path.Join(_repository.Root, file)}: {expected}")}.*\n  help: Check the path and its permissions\\.\\z"));
    }

    [TestCase("biuld", "orchestrator: 'biuld' is no command. Did you mean 'build'? 'orchestrator --help' lists what there is.")]
    [TestCase("nothing-like-it", "orchestrator: 'nothing-like-it' is no command. 'orchestrator --help' lists what there is.")]
    [TestCase("schema x", "orchestrator: 'x' is no argument of 'schema'. 'orchestrator schema --help' lists what there is.")]
    [TestCase("lock --updat", "orchestrator: '--updat' is no option of 'lock'. Did you mean '--update'? 'orchestrator lock --help' lists what there is.")]
    [TestCase("build --no-cahce", "orchestrator: '--no-cahce' is no option of 'build'. Did you mean '--no-cache'? 'orchestrator build --help' lists what there is.")]
    [TestCase("build --keep x", "orchestrator: 'x' is no value of '--keep'. 'orchestrator build --help' lists what there is.")]
    [TestCase("build --progress x", "orchestrator: 'x' is no value of '--progress', which is auto, tty, plain, quiet, json, msbuild. 'orchestrator build --help' lists what there is.")]
    [TestCase("build --keep 0", "orchestrator: '0' is no value of '--keep', which is 1 or more. 'orchestrator build --help' lists what there is.")]
    [TestCase("build --parallel -3", "orchestrator: '-3' is no value of '--parallel', which is 1 or more. 'orchestrator build --help' lists what there is.")]
    [TestCase("test --keep -5", "orchestrator: '-5' is no value of '--keep', which is 1 or more. 'orchestrator test --help' lists what there is.")]
    [TestCase("push -j 0", "orchestrator: '0' is no value of '--parallel', which is 1 or more. 'orchestrator push --help' lists what there is.")]
    [TestCase("completion ksh", "orchestrator: 'ksh' is no value of 'shell', which is bash, fish, pwsh, zsh. 'orchestrator completion --help' lists what there is.")]
    [TestCase("completion", "orchestrator: The argument 'shell' is missing. 'orchestrator completion --help' lists what there is.")]
    [TestCase("promote x", "orchestrator: The argument 'to' is missing. 'orchestrator promote --help' lists what there is.")]
    [TestCase("promote", "orchestrator: The argument 'from' is missing. The argument 'to' is missing. 'orchestrator promote --help' lists what there is.")]
    [TestCase("graph --dot --svg", "orchestrator: --mermaid, --dot, --svg and --json are forms of one graph; take one. 'orchestrator graph --help' lists what there is.")]
    [TestCase("check --engine-missing=skip", "orchestrator: '--engine-missing=skip' is no option of 'check'. 'orchestrator check --help' lists what there is.")]
    [TestCase("clean --registry --engine-missing=skip", "orchestrator: --registry needs no engine, so it excludes --engine-missing. 'orchestrator clean --help' lists what there is.")]
    public async Task A_command_line_that_cannot_be_understood_says_what_may_be_meant(string arguments, string expected)
    {
        var outcome = await _repository.RunAsync(arguments.Split(' '));

        Assert.That((outcome.ExitCode, outcome.Text.Trim()), Is.EqualTo((2, expected)));
    }

    [TestCase("graph", "api")]
    [TestCase("graph opt", "opt")]
    public async Task A_service_that_is_named_is_built_whatever_profiles_are_active_as_Compose_does(string arguments, string expected)
    {
        _repository.Write("compose.yaml", "services:\n  api: { build: a }\n  opt: { build: b, profiles: [x] }\n")
            .Write("a/Dockerfile", "FROM local/busybox\n").Write("b/Dockerfile", "FROM local/busybox\nENV A=b\n");

        var outcome = await _repository.RunAsync(arguments.Split(' '));

        Assert.That(outcome.Text.Split('\n')[0], Does.EndWith("-" + expected), outcome.ToString());
    }

    [Test]
    public async Task A_working_directory_that_is_gone_is_one_diagnostic()
    {
        var outcome = await ShellAsync("mkdir gone && cd gone && rmdir ../gone && exec \"$TOOL\" graph");

        Assert.That(outcome, Is.EqualTo("error ORC0110: The working directory does not exist any more.\n1\n"));
    }

    [TestCase("graph")]
    [TestCase("plan --json")]
    [TestCase("build")]
    public async Task An_output_that_cannot_be_written_is_one_error_in_words(string arguments)
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nRUN echo @\n");

        var outcome = await _repository.RunCommandAsync("sh", "-c", $"exec \"$TOOL\" {arguments} >/dev/full");

        Assert.That((outcome.ExitCode, outcome.Text.Split('\n')[0].Split(" : ")[0]), Is.EqualTo((1, "error ORC0007: Not all of the output could be written: No space left on device.")), outcome.ToString());
        Assert.That(outcome.Text.TrimEnd().Split('\n'), Has.Length.EqualTo(2), "the error and its help");
    }

    [Test]
    public async Task A_reader_that_goes_away_is_nobodys_fault()
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\n");

        var outcome = await ShellAsync("{ \"$TOOL\" graph; echo \"exit $?\" >&2; } | true");

        Assert.That(outcome, Is.EqualTo("exit 0\n0\n"));
    }

    [TestCase("plain")]
    [TestCase("json")]
    [TestCase("msbuild")]
    public async Task A_full_disk_under_the_log_ends_no_build_and_is_told_at_the_end(string form)
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nRUN echo @\n");

        var outcome = await _repository.RunCommandAsync("sh", "-c", $"exec \"$TOOL\" build --progress {form} >/dev/full");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text.Split("No space left on device"), Has.Length.EqualTo(2), outcome.ToString());
        Assert.That(await _repository.RunAsync("plan"), Has.Property("Text").Contain("up-to-date"));
    }

    [Test]
    public async Task A_fault_reaches_MSBuild_as_an_error_of_the_protocol()
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\n");
        await using var engine = new ScriptedEngine(request => request.StartsWith("GET /images/json", StringComparison.Ordinal) ? (500, """{"message":"the store is broken"}""") : null, TestEngines.First);
        _repository.Variables["DOCKER_HOST"] = engine.Host;

        var outcome = await _repository.RunAsync("build", "--progress", "msbuild");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("orc1|error|ORC0108|||0|0|0|0|The Docker Engine refused: the store is broken"), outcome.ToString());
    }

    /// <summary>A console of Windows has such an encoding by default, also where nobody sees it.</summary>
    [TestCase("msbuild")]
    [TestCase("json")]
    public async Task Programs_are_told_in_UTF8_whatever_the_encoding_of_the_console_is(string form)
    {
        _repository.Variables["LC_ALL"] = "en_US.ISO-8859-1";
        _repository.Write("räpö/images.yml", "images: { a: [] }\n");

        var outcome = await _repository.RunAsync("check", "--progress", form, "--file", "räpö/images.yml");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain(Path.Join(_repository.Root, "räpö/images.yml")), outcome.ToString());
    }

    [TestCase("true", "2 built", 0)]
    [TestCase("false", "1 built, 1 failed", 1)]
    public async Task Tidying_up_that_fails_is_a_warning_about_what_was_built(string step, string summary, int code)
    {
        _repository.WriteGraph("a", "b").Write("a/Dockerfile", "FROM local/busybox\nENV A=@\n").Write("b/Dockerfile", $"FROM local/busybox\nENV A=@\nRUN {step}\n");
        var lists = 0;
        await using var engine = new ScriptedEngine(
            request => request.StartsWith("GET /images/json", StringComparison.Ordinal) && !request.Contains("held.", StringComparison.Ordinal) && Interlocked.Increment(ref lists) > 1 ? (500, """{"message":"the store is busy"}""") : null, TestEngines.First);
        _repository.Variables["DOCKER_HOST"] = engine.Host;

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.ExitCode, Is.EqualTo(code), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain(summary).And.Contain("warning ORC3017: Earlier builds of images that were built could not be removed: ").And.Contain("the store is busy"), outcome.ToString());
        Assert.That(lists, Is.EqualTo(2));
    }

    [TestCase("--version abc --commit 0a1b2c3", "error ORC4050: 'abc' is not a version.")]
    [TestCase("--version 1.0.0 --commit abc", "error ORC4051: 'abc' is not a commit.")]
    public async Task A_value_that_is_none_is_one_error_whatever_templates_need_it(string options, string error)
    {
        _repository.Write("images.yml", "registry: registry.invalid\npublish_tags: ['{version}', '{major}.{minor}', 'sha-{sha}', 'commit-{sha}', latest]\nimages: { a: a, b: b }\n")
            .Write("a/Dockerfile", "FROM scratch\n").Write("b/Dockerfile", "FROM scratch\nENV A=1\n");

        var outcome = await _repository.RunAsync(["tags", .. options.Split(' ')]);

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text.Split("error ORC"), Has.Length.EqualTo(2), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain(error), outcome.ToString());
    }

    [Test]
    public async Task A_rule_with_a_page_of_its_own_links_to_it()
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nRUN true \\\n\n  && true\n");

        var outcome = await _repository.RunAsync("build", "--progress", "msbuild");

        Assert.That(outcome.Text, Does.Contain("orc1|warning|ORC2014|https://docs.docker.com/go/dockerfile/rule/no-empty-continuation/|"), outcome.ToString());
    }

    /// <summary>What is remembered between runs may cost time, never truth and never a build.</summary>
    [TestCase("full", "head -c 1m /dev/zero >$STATE/fill")]
    [TestCase("full with folders there", "mkdir -p $STATE/orchestrator/locks $STATE/orchestrator/graphs; head -c 1m /dev/zero >$STATE/fill")]
    [TestCase("read-only", "mount -o remount,ro $STATE")]
    public async Task A_cache_folder_that_takes_nothing_costs_no_build(string name, string spoil)
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nCOPY f /f\n").Write("a/f", "1");
        _repository.Variables["STATE"] = _repository.State;
        // In a mount namespace of its own, so that nothing stays mounted.
        string[] Build(string fill) => ["unshare", "--mount", "--map-root-user", "sh", "-c", $"mount -t tmpfs -o size=64k none $STATE && {{ {fill} 2>/dev/null; exec \"$TOOL\" build; }}"];

        var first = await _repository.RunCommandAsync(Build(spoil));
        var second = await _repository.RunCommandAsync(Build(spoil));
        _repository.Write("a/f", "2");
        var third = await _repository.RunCommandAsync(Build(spoil));

        Assert.That(first.ExitCode + second.ExitCode + third.ExitCode, Is.Zero, $"{name}:\n{first}{second}{third}");
        Assert.That(first.Text, Does.Contain("1 built"));
        Assert.That(second.Text, Does.Contain("1 up-to-date"));
        Assert.That(third.Text, Does.Contain("1 built"));
        Assert.That(await _repository.CatAsync("a", "/f"), Is.EqualTo("2"));
    }

    [Test]
    public async Task A_damaged_cache_is_no_truth()
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nCOPY f /f\n").Write("a/f", "1");
        await _repository.RunAsync("build");
        await Task.Delay(TimeSpan.FromSeconds(2.1)); // hashes of files that have just changed are not remembered
        await _repository.RunAsync("plan");
        var files = Directory.EnumerateFiles(_repository.State, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/locks/", StringComparison.Ordinal)).ToList();
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file);
            bytes.AsSpan(bytes.Length / 2).Reverse();
            await File.WriteAllBytesAsync(file, bytes);
        }

        var same = await _repository.RunAsync("build");
        _repository.Write("a/f", "2");
        var changed = await _repository.RunAsync("build");

        Assert.That(files, Has.Count.GreaterThanOrEqualTo(2), "the hashes of files, and what the key was made of");
        Assert.That(same.Text, Does.Contain("1 up-to-date"), same.ToString());
        Assert.That(changed.Text, Does.Contain("1 built"), changed.ToString());
        Assert.That(await _repository.CatAsync("a", "/f"), Is.EqualTo("2"));
    }

    [Test]
    public async Task A_repository_that_is_read_only_is_built()
    {
        _repository.WriteGraph("a").Write("a/Dockerfile", "FROM local/busybox\nCOPY f /f\n").Write("a/f", "1");

        var outcome = await _repository.RunCommandAsync(
            "unshare", "--mount", "--map-root-user", "sh", "-c", "mount --bind . . && mount -o remount,bind,ro . && cd \"$PWD\" && ! touch x 2>/dev/null && exec \"$TOOL\" build");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("1 built"));
    }

    /// <returns>Standard error, and the exit code on a line of its own.</returns>
    private async Task<string> ShellAsync(string script)
    {
        var start = new ProcessStartInfo("sh", ["-c", $"( {script} ) 2>&1 >/dev/null; echo $?"]) { WorkingDirectory = _repository.Root, RedirectStandardOutput = true };
        Repository.NameTool(start);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }
}
