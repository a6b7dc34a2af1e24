using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Orchestrator.State;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>The tests of images: run in containers on a real engine, judged, remembered, reported, and never left lying about.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed partial class ImageTestTests(string engine)
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    private static readonly (string Name, string Keys)[] Holding =
    [
        ("A line is for the shell and runs in the working directory", "run: cat x"),
        ("A line may use all of the shell", "run: 'echo $$GREETING | tr a-z A-Z', stdout: HELLO"),
        ("A list is run without a shell", "run: [echo, '$$GREETING'], stdout: /^.GREETING$/"),
        ("The entry point can be asked for", "run: [more], entrypoint: true, stdout: from the entry point more"),
        ("The images own command can be run", "entrypoint: true, stdout: /point$/"),
        ("Another exit code can be expected", "run: exit 3, exit_code: 3"),
        ("The streams are told apart", "run: 'echo a; echo b >&2', stdout: '/\\Aa\\n\\z/', stderr: b, output: [a, b]"),
        ("A test may run as another user", "run: id -u, user: '7', stdout: '/^7$/', stderr: ''"),
        ("A test may run elsewhere and with variables", "run: 'pwd; echo $$A', working_dir: /tmp, environment: { A: 1 }, stdout: [/^.tmp$/, /^1$/]"),
        ("There is no network", "run: 'ip -o link | wc -l', stdout: /^1$/"),
        ("There is a network where one is asked for", "run: ip -o link, network: default, stdout: eth0"),
        ("Files are as they are built", "files: { /app/x: { type: file, mode: 0640, owner: '7:8', content: [hello, /world$/] }, /link: { content: hello }, /app: { type: directory } }"),
        ("Links and absence are seen", "files: { /dangling: { type: link }, /no/such: absent }"),
        ("Files are looked at when the command has ended", "run: touch /new, files: [/new]"),
        ("A size in the budget is fine", "max_size: 100m"),
        ("Much output arrives", "run: head -c 3000000 /dev/zero, stdout: /./"),
    ];

    private static readonly (string Name, string Keys, string Finding)[] Failing =
    [
        ("A wrong exit code", "run: exit 4",
            "it exited with 4, not with 0."),
        ("A wrong output", "run: echo one, stdout: [one, two, /^three/], stderr: four",
            "stdout should contain 'two'. stdout should match /^three/. stderr should contain 'four'.\n  | one\n"),
        ("An output that should be empty", "run: echo noise >&2, stderr: ''",
            "stderr should be empty.\n  | noise\n"),
        ("A command that does not end", "run: echo begun; sleep 100, timeout: 1s",
            "it had not ended after 1 seconds and was killed.\n  | begun\n"),
        ("A command that writes without end", "run: cat /dev/zero",
            "it wrote more than 16777216 bytes and was ended."),
        ("A program that is not there", "run: [nosuch]",
            "its container could not be started: exec: \"nosuch\": executable file not found in $PATH."),
        ("A user that is not there", "run: 'true', user: nobody-here",
            "its container could not be started: "),
        ("Files that are otherwise", "files: { /app/x: { mode: 0600, owner: 7:9, content: none, type: directory }, /dangling: , /none: , /app: absent }",
            "'/app/x' should be a directory, but is a file. '/app/x' should have mode 0600, but has 0640. '/app/x' should belong to 7:9, but belongs to 7:8. '/app/x' should contain 'none'. "
            + "'/dangling' is a link to '/nowhere', which is not there. '/none' is not there. '/app' should not be there, but is a directory."),
        ("A size over the budget", "max_size: 10k",
            "bytes, 'max_size' allows 10,240 bytes."),
        ("A size over the budget that is small when it is packed", "max_size: 10m",
            "bytes, 'max_size' allows 10,485,760 bytes."),
    ];

    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(TestEngines.Host(engine)).Write("app/Dockerfile", """
        FROM local/busybox
        RUN mkdir /app && echo hello world > /app/x && chmod 0640 /app/x && chown 7:8 /app/x && ln -s app/x /link && ln -s nowhere /dangling
        RUN dd if=/dev/zero of=/zeros bs=1M count=20
        ENV GREETING=hello
        WORKDIR /app
        ENTRYPOINT ["/bin/echo", "from the entry point"]

        """);

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task What_holds_passes()
    {
        Write([.. Holding.Select(test => $"{{ name: {test.Name}, {test.Keys} }}")]);

        var outcome = await _repository.RunAsync("test");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(Holding.Select(test => test.Name).Where(name => !outcome.Text.Contains($"passed     app: {name} in ", StringComparison.Ordinal)), Is.Empty, outcome.ToString());
        Assert.That(outcome.Text, Does.Contain($"{Holding.Length} tests of 1 images: {Holding.Length} passed, in "), outcome.ToString());
        Assert.That(await ContainersAsync(), Is.Empty);
    }

    [Test]
    public async Task What_does_not_hold_is_an_error_at_its_place_each_time_and_leaves_no_container()
    {
        Write([.. Failing.Select(test => $"{{ name: {test.Name}, {test.Keys} }}"), "'true'"]);

        var outcome = await _repository.RunAsync("test");
        var again = await _repository.RunAsync("test");

        Assert.That((outcome.ExitCode, again.ExitCode), Is.EqualTo((1, 1)), outcome.ToString());
        foreach (var (index, (name, _, finding)) in Failing.Index())
        {
            var said = outcome.Text.Split($"images.yml({6 + index},9): error ORC3020: The test '{name}' of 'app' failed: ");
            Assert.That(said, Has.Length.EqualTo(2), $"{name} should be told once: {outcome}");
            Assert.That(Excerpt().Replace(said[1].Split("failed     app:")[0], ""), Does.Contain(finding), name);
        }

        Assert.That(outcome.Text, Does.Contain($"{Failing.Length + 1} tests of 1 images: 1 passed, {Failing.Length} failed, in "), outcome.ToString());
        Assert.That(again.Text, Does.Contain($"{Failing.Length + 1} tests of 1 images: 1 passed before, {Failing.Length} failed, in "), again.ToString());
        Assert.That(await ContainersAsync(), Is.Empty);
    }

    [Test]
    public async Task What_passed_is_run_again_only_for_another_image_or_test_or_on_demand()
    {
        Write("'true'", "{ run: cat x, stdout: hello }", "{ files: [/app/x] }");
        var start = await ClockAsync();
        await _repository.RunAsync("test");
        var since = await ClockAsync();
        var image = await _repository.DockerAsync("image", "inspect", "--format", "{{.Id}}", "@-app");

        var second = await _repository.RunAsync("test");
        var seen = await ImagesOfContainersAsync(start, since);
        var events = await ImagesOfContainersAsync(since, await ClockAsync());
        var demanded = await _repository.RunAsync("test", "--no-cache");
        Write("'true'", "{ run: cat x, stdout: world }", "{ files: [/app/x] }");
        var other = await _repository.RunAsync("test");
        _repository.Write("app/Dockerfile", "FROM local/busybox\nWORKDIR /app\nRUN echo hello world > x\n");
        var rebuilt = await _repository.RunAsync("test");
        _repository.ForgetState();
        var forgotten = await _repository.RunAsync("test");

        Assert.That(second.Text, Does.Contain("passed     app: cat x, before").And.Contain("3 tests of 1 images: 3 passed before, in "), second.ToString());
        Assert.That(seen, Does.Contain(image), "the first run is not seen");
        Assert.That(events, Does.Not.Contain(image), "a container was touched");
        Assert.That(demanded.Text, Does.Contain("3 tests of 1 images: 3 passed, in "), demanded.ToString());
        Assert.That(other.Text, Does.Contain("3 tests of 1 images: 1 passed, 2 passed before, in "), other.ToString());
        Assert.That(rebuilt.Text, Does.Contain("built      app").And.Contain("3 tests of 1 images: 3 passed, in "), rebuilt.ToString());
        Assert.That(forgotten.Text, Does.Contain("3 tests of 1 images: 3 passed, in "), forgotten.ToString());
    }

    [Test]
    public async Task The_size_of_what_passed_before_is_that_of_its_files_too_and_an_engine_that_does_not_tell_it_fails_the_test()
    {
        Write("{ run: 'true', max_size: 100m }");
        await _repository.RunAsync("test");
        await using var silent = new ScriptedEngine(
            request => request.StartsWith("GET /images/sha256", StringComparison.Ordinal) && request.Contains("/history", StringComparison.Ordinal) ? (500, """{"message":"the snapshot is not there"}""") : null, TestEngines.Host(engine));

        var second = await _repository.RunAsync("test");
        _repository.Variables["DOCKER_HOST"] = silent.Host;
        var untold = await _repository.RunAsync("test");

        Assert.That(second.Text, Does.Contain("1 tests of 1 images: 1 passed before, in "), second.ToString());
        Assert.That(untold.ExitCode, Is.EqualTo(1), untold.ToString());
        Assert.That(untold.Text, Does.Contain("the engine does not tell the size of its files, so 'max_size' cannot be looked at."), untold.ToString());
    }

    [Test]
    public async Task What_another_network_may_decide_is_not_remembered()
    {
        Write("{ run: 'true', network: default }");
        await _repository.RunAsync("test");

        var second = await _repository.RunAsync("test");

        Assert.That(second.Text, Does.Contain("1 tests of 1 images: 1 passed, in "), second.ToString());
    }

    [Test]
    public async Task Only_what_is_named_is_tested_and_without_building_it_has_to_be_there()
    {
        _repository.Write("images.yml", "name: @\nimages:\n  @-app: { context: app, test: [ 'true' ] }\n  @-web: { context: web, test: [ 'true' ] }\n")
            .Write("web/Dockerfile", "FROM @-app\nENTRYPOINT []\n");

        var early = await _repository.RunAsync("test", "--no-build");
        var named = await _repository.RunAsync("test", _repository.Prefix + "-web");
        var late = await _repository.RunAsync("test", "--no-build");

        Assert.That(early.ExitCode, Is.EqualTo(1), early.ToString());
        Assert.That(early.Text, Does.Contain("images.yml(3,3): error ORC3021: 'app' cannot be tested, the engine has no image of its present key: no image with this key.").And.Not.Contain("built  "), early.ToString());
        Assert.That(named.Text, Does.Contain("2 images: 2 built").And.Contain("1 tests of 1 images: 1 passed, in "), named.ToString());
        Assert.That(late.Text, Does.Contain("2 tests of 2 images: 1 passed, 1 passed before, in ").And.Not.Contain("up-to-date"), late.ToString());
    }

    [Test]
    public async Task Where_there_is_no_test_nothing_is_built()
    {
        _repository.WriteGraph("app");

        var outcome = await _repository.RunAsync("test");

        Assert.That((outcome.ExitCode, outcome.Text), Is.EqualTo((0, "there is nothing to test: no image that is meant has a 'test'\n")));
    }

    [TestCase("-INT", 130)]
    [TestCase("-KILL", 137)]
    public async Task A_run_that_is_ended_leaves_no_container_or_the_next_one_removes_it(string signal, int code)
    {
        var process = await TestingAsync();

        await SignalAsync(process, signal);
        var outcome = await _repository.EndAsync(process);
        var left = await ContainersAsync();
        Write("'true'");
        var next = await _repository.RunAsync("test");

        Assert.That(outcome.ExitCode, Is.EqualTo(code), outcome.ToString());
        Assert.That(left, code == 130 ? Is.Empty : Is.Not.Empty, outcome.ToString());
        Assert.That(next.ExitCode, Is.Zero, next.ToString());
        Assert.That(await ContainersAsync(), Is.Empty);
    }

    [TestCase(-1, true)]
    [TestCase(3600, false)]
    public async Task A_container_that_another_machine_left_behind_goes_when_its_time_is_over(int seconds, bool isRemoved)
    {
        Write("'true'");
        await _repository.RunAsync("build");
        await _repository.DockerAsync(
            "create", "--label", $"{ContainerMarks.Owner}=another", "--label", $"{ContainerMarks.Graph}={GraphState.NameFor(_repository.Prefix)}",
            "--label", $"{ContainerMarks.Deadline}={DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds}", "@-app");

        var outcome = await _repository.RunAsync("test");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(await ContainersAsync(), isRemoved ? Is.Empty : Is.Not.Empty);
    }

    [Test]
    public async Task An_interrupt_waits_for_an_engine_that_is_slow_and_a_second_one_does_not()
    {
        await using var relay = new EngineRelay(TestEngines.Host(engine));
        _repository.Variables["DOCKER_HOST"] = relay.Host;
        var process = await TestingAsync();
        relay.Pause();

        await SignalAsync(process, "-INT");
        await Task.Delay(TimeSpan.FromSeconds(1));
        var hasWaited = !process.HasExited;
        await SignalAsync(process, "-INT");
        var outcome = await _repository.EndAsync(process).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That(hasWaited, "the containers are left behind although nobody is in a hurry");
        Assert.That(outcome.ExitCode, Is.EqualTo(130), outcome.ToString());
        Assert.That(await ContainersAsync(), Is.Not.Empty, "the engine was not slow at all");
    }

    [Test]
    public async Task Results_are_written_in_both_forms()
    {
        // It goes on for a moment: engine 26.1.5 loses what a process writes that ends at once.
        Write("'true'", "{ name: colours, run: \"printf '\\\\033[1mbold <&>'; echo ä >&2; sleep 0.3; exit 1\" }", "{ name: colours, run: 'true' }");
        await _repository.RunAsync("test");

        var outcome = await _repository.RunAsync("test", "--trx", "out/results.trx", "--junit", "out/results.xml");
        var trx = XDocument.Load(Path.Join(_repository.Root, "out", "results.trx")).Root!;
        var junit = XDocument.Load(Path.Join(_repository.Root, "out", "results.xml")).Root!;

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(trx.Name, Is.EqualTo(Trx + "TestRun"));
        Assert.That(trx.Elements().Select(element => element.Name.LocalName), Is.EqualTo(new[] { "Times", "TestSettings", "Results", "TestDefinitions", "TestEntries", "TestLists", "ResultSummary" }));
        var results = trx.Descendants(Trx + "UnitTestResult").ToList();
        Assert.That(results.Select(result => (string)result.Attribute("outcome")!), Is.EqualTo(new[] { "Passed", "Failed", "Passed" }));
        Assert.That(results.Select(result => (string)result.Attribute("testId")!), Is.Unique.And.EqualTo(trx.Descendants(Trx + "UnitTest").Select(test => (string)test.Attribute("id")!)).And.EqualTo(trx.Descendants(Trx + "TestEntry").Select(test => (string)test.Attribute("testId")!)));
        Assert.That(results.Select(result => (string)result.Attribute("executionId")!), Is.Unique.And.EqualTo(trx.Descendants(Trx + "Execution").Select(test => (string)test.Attribute("id")!)).And.EqualTo(trx.Descendants(Trx + "TestEntry").Select(test => (string)test.Attribute("executionId")!)));
        Assert.That(results.Select(result => (string)result.Attribute("testListId")!).Distinct(), Is.SubsetOf(trx.Descendants(Trx + "TestList").Select(list => (string)list.Attribute("id")!)));
        Assert.That(results.SelectMany(result => new[] { "testId", "executionId" }.Select(name => (string)result.Attribute(name)!)), Has.All.Matches<string>(id => Guid.TryParseExact(id, "D", out _)));
        Assert.That(results[1].Descendants(Trx + "StdOut").Single().Value, Is.EqualTo("\uFFFD[1mbold <&>"));
        Assert.That(results[1].Descendants(Trx + "StdErr").Single().Value, Is.EqualTo("ä\n"));
        Assert.That(results[1].Descendants(Trx + "Message").Single().Value, Does.Contain("it exited with 1, not with 0."));
        var counters = trx.Descendants(Trx + "Counters").Single();
        Assert.That(new[] { "total", "executed", "passed", "failed" }.Select(name => (int)counters.Attribute(name)!), Is.EqualTo(new[] { 3, 3, 2, 1 }));
        Assert.That(((string)trx.Element(Trx + "ResultSummary")!.Attribute("outcome")!, (string)trx.Descendants(Trx + "TestMethod").First().Attribute("className")!), Is.EqualTo(("Failed", _repository.Prefix + "-app")));

        var suite = junit.Elements("testsuite").Single();
        Assert.That(new[] { junit, suite }.Select(element => ((int)element.Attribute("tests")!, (int)element.Attribute("failures")!)), Has.All.EqualTo((3, 1)));
        Assert.That(suite.Elements("testcase").Select(test => ((string)test.Attribute("name")!, (int)test.Attribute("line")!, test.Element("failure") is not null)), Is.EqualTo(new[] { ("true", 6, false), ("colours", 7, true), ("colours", 8, false) }));
        Assert.That(suite.Descendants("system-err").Single().Value, Is.EqualTo("ä\n"));
    }

    [Test]
    public async Task A_report_that_cannot_be_written_is_an_error()
    {
        Write("'true'");
        _repository.Write("file", "");

        var outcome = await _repository.RunAsync("test", "--trx", "file/results.trx");

        Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("error ORC3023: The report of the tests cannot be written: "), outcome.ToString());
    }

    /// <summary>A run that is in the middle of two tests which do not end.</summary>
    private async Task<Process> TestingAsync()
    {
        Write("sleep 100", "sleep 101", "sleep 102");
        await _repository.RunAsync("build");
        var process = _repository.Start("test", "--no-build", "-j", "2");
        while (!process.HasExited && (await ContainersAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length < 2)
        {
            await Task.Delay(100);
        }

        return process;
    }

    private static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [signal, $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The entries stand from line 6 on.</summary>
    private void Write(params string[] entries) =>
        _repository.Write("images.yml", "name: @\nimages:\n  @-app:\n    context: app\n    test:\n" + string.Concat(entries.Select(entry => $"      - {entry}\n")));

    private Task<string> ContainersAsync() => _repository.DockerAsync("ps", "--all", "--filter", "ancestor=@-app", "--format", "{{.Names}} {{.State}}");

    /// <summary>Of all containers that anything happened to; other tests have some too.</summary>
    private Task<string> ImagesOfContainersAsync(string since, string until) =>
        _repository.DockerAsync("events", "--since", since, "--until", until, "--filter", "type=container", "--format", "{{.Actor.Attributes.image}}");

    /// <summary>The engine's own.</summary>
    private Task<string> ClockAsync() => _repository.DockerAsync("info", "--format", "{{.SystemTime}}");

    /// <summary>The lines of images.yml that a finding shows, and the caret below.</summary>
    [GeneratedRegex(@"(?m)^ +(\d+ \||\| +\^).*\n")]
    private static partial Regex Excerpt();
}
