using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>A run as it is told: on a terminal, as events, in the logs of CI systems.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class ConsoleTests(string engine)
{
    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(TestEngines.Host(engine)).WriteGraph("base", "good", "bad", "late")
        .Write("base/Dockerfile", "FROM local/busybox\nRUN echo @ && echo at work && sleep 1\n")
        .Write("good/Dockerfile", "FROM @-base as x\nCOPY . /c\nRUN sleep 1\n")
        .Write("bad/Dockerfile", "FROM @-base\n\nRUN echo '##vso[task.setvariable variable=x]1' && echo '::set-output name=x::1' && echo the last words && exit 7\n")
        .Write("late/Dockerfile", "FROM @-bad\n");

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [TestCase(40)]
    [TestCase(80)]
    [TestCase(200)]
    public async Task A_terminal_shows_what_is_at_work_and_in_the_end_what_became_of_it(int width)
    {
        var output = await TerminalAsync($"stty cols {width} rows 30; \"$TOOL\" build; echo \"exit $?\"");
        var frames = output.Split("\u001b[?25l").Skip(1).Select(frame => frame[..frame.IndexOf("\u001b[?25h", StringComparison.Ordinal)]).ToList();
        var rows = frames.SelectMany(frame => frame[frame.LastIndexOf("\u001b[?7l", StringComparison.Ordinal)..].Split('\n')).Select(row => Regex.Replace(row.TrimEnd('\r'), "\u001b\\[[?\\d]*[A-Za-z]", "")).ToList();
        var screen = new Screen(width).Take(output);

        Assert.That(rows, Has.Some.Match(@"^ \S+ +\[.*RUN.* \d+\.\d s$"), "a row with image, step and time");
        Assert.That(rows, Has.Some.Match(@"1/4  .*\d+\.\d s"), "the bar");
        Assert.That(rows.Select(row => row.Length), Is.All.LessThanOrEqualTo(width));
        Assert.That(screen.Text, Does.Contain("| the last words").And.Contain("Dockerfile").And.Not.Contain("1/4"));
        Assert.That(screen.Lines, Has.Some.StartsWith("failed "));
        Assert.That(screen.Lines, Has.Some.StartsWith("built "));
        Assert.That(Regex.Replace(screen.Text, @"\s+", ""), Does.Contain("4images:2built,1failed,1blocked,in").And.EndWith("exit1"), "what stays may be wrapped");
        Assert.That((screen.IsCursorShown, screen.Wraps), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task Without_colour_a_terminal_gets_none_and_an_interrupt_leaves_it_in_order()
    {
        _repository.Variables["NO_COLOR"] = "1";
        _repository.Write("bad/Dockerfile", "FROM local/busybox\nRUN sleep 100\n");

        var output = await TerminalAsync("stty cols 80 rows 30; sh -c 'until grep -q \"RUN sleep\" typescript; do sleep 0.2; done; kill -INT $(cat pid)' & sh -c 'echo $$ >pid; exec \"$TOOL\" build'; echo \"exit $?\"");
        var screen = new Screen(80).Take(output);

        Assert.That(output, Does.Not.Match("\u001b\\[\\d+m"));
        Assert.That(screen.Text, Does.Contain("cancelled ").And.EndWith("exit 130"));
        Assert.That(screen.Lines.Count(line => line.Contains("RUN sleep", StringComparison.Ordinal)), Is.Zero, screen.Text);
        Assert.That((screen.IsCursorShown, screen.Wraps), Is.EqualTo((true, true)));
    }

    [TestCase("CI=true")]
    [TestCase("TERM=dumb")]
    public async Task A_terminal_that_nobody_sits_before_gets_lines(string variable)
    {
        var output = await TerminalAsync($"export {variable}; \"$TOOL\" build {_repository.Prefix}-base");

        Assert.That(output, Does.Contain("building base: ").And.Not.Contain("\u001b[?25l"));
    }

    [Test]
    public async Task Events_are_lines_of_JSON_and_tell_the_whole_run()
    {
        await _repository.RunAsync("build", Named("base"));
        var outcome = await _repository.RunAsync("build", "--no-cache", "--progress", "json");

        var events = outcome.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        string Of(JsonElement item, string name) => item.GetProperty(name).GetString()!;
        List<JsonElement> All(string name) => events.FindAll(item => Of(item, "event") == name);

        Assert.That(events.Select(item => item.GetProperty("version").GetInt32()), Is.All.EqualTo(1));
        Assert.That(events.Select(item => item.GetProperty("time").GetDateTimeOffset()), Is.Ordered);
        Assert.That(All("planned").Single().GetProperty("images").EnumerateArray().Select(image => (Of(image, "image"), Of(image, "action"), image.TryGetProperty("expectedSeconds", out _))),
            Is.EquivalentTo(new[] { ("base", "build", true), ("good", "build", false), ("bad", "build", false), ("late", "build", false) }));
        Assert.That(All("image-started").Select(item => Of(item, "image")), Is.EquivalentTo(new[] { "base", "good", "bad" }));
        Assert.That(All("step").Where(item => Of(item, "image") == "base" && Of(item, "name").Contains("RUN", StringComparison.Ordinal)).Select(item => Of(item, "state")), Does.Contain("running").And.Contain("done"));
        Assert.That(All("log").Where(item => Of(item, "image") == "bad").Select(item => Of(item, "text")), Is.EqualTo(new[] { "##vso[task.setvariable variable=x]1", "::set-output name=x::1", "the last words" }));
        Assert.That(All("image-ended").Select(item => $"{Of(item, "image")} {Of(item, "outcome")}"), Is.EquivalentTo(new[] { "base built", "good built", "bad failed", "late blocked" }));
        Assert.That(All("diagnostic").Where(item => Of(item, "severity") == "error").Select(item => (Of(item, "code"), item.GetProperty("line").GetInt32())), Is.EqualTo(new[] { ("ORC3010", 3) }));
        Assert.That(events[^1].GetProperty("outcomes").EnumerateObject().Select(item => $"{item.Value} {item.Name}"), Is.EqualTo(new[] { "2 built", "1 failed", "1 blocked" }));
        Assert.That(events[^1].GetProperty("succeeded").GetBoolean(), Is.False);
        Assert.That(outcome.Text, Does.Not.Contain("#"), "in a log of Azure it could begin a command");
    }

    [TestCase("GITHUB_ACTIONS", @"^::error title=ORC3010,file=bad/Dockerfile,line=3,", @"^::group::failed +bad", "^::endgroup::$")]
    [TestCase("TF_BUILD", @"^##vso\[task.logissue type=error;sourcepath=.*/bad/Dockerfile;linenumber=3;columnnumber=1;code=ORC3010;\]", @"^##\[group\]failed +bad", @"^##\[endgroup\]$")]
    [TestCase("GITLAB_CI", "bad/Dockerfile(?:\\(3,1\\)): error ORC3010: ", "^\u001b\\[0Ksection_start:\\d+:orchestrator_\\w*bad\\[collapsed=false\\]\r\u001b\\[0Kfailed", "^\u001b\\[0Ksection_end:\\d+:orchestrator_\\w*bad\r\u001b\\[0K$")]
    public async Task Logs_of_CI_systems_fold_images_annotate_files_and_take_no_orders_from_containers(string system, string finding, string begin, string end)
    {
        _repository.Variables[system] = "true";
        _repository.Variables["GITHUB_WORKSPACE"] = _repository.Root;

        var outcome = await _repository.RunAsync("build");
        var lines = outcome.Text.Split('\n');
        var group = lines[Array.FindIndex(lines, line => Regex.IsMatch(line, begin))..];
        var inner = group[1..Array.FindIndex(group, line => Regex.IsMatch(line, end))];

        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(lines.Count(line => Regex.IsMatch(line, finding)), Is.EqualTo(1), outcome.Text);
        Assert.That(inner, Has.Some.EqualTo("  | the last words"), outcome.Text);
        Assert.That(lines.Where(line => line.Contains("##vso[task.set", StringComparison.Ordinal) && system != "GITLAB_CI"), Is.Empty);
        Assert.That(lines.Where(line => line.TrimStart().StartsWith("::set-output", StringComparison.Ordinal)), Is.Empty);
        Assert.That(lines, Has.Some.Match("^  built +good +[0-9.]+ s +[0-9.]+ [kM]B$").And.Some.Match("^  failed +bad +ORC3010 at .*Dockerfile\\(3,1\\)$").And.Some.Match("^  blocked +late +`bad`"));
        Assert.That(lines.Count(line => line.Contains("ended with exit code: 7", StringComparison.Ordinal)), Is.EqualTo(1), "told once");
    }

    [Test]
    public async Task A_check_of_BuildKit_s_has_its_own_name_and_its_place()
    {
        _repository.Write("good/Dockerfile", "FROM local/busybox as x\nRUN echo @\n");

        var outcome = await _repository.RunAsync("build", Named("good"));

        Assert.That(outcome.Text, Does.Match(@"good/Dockerfile\(1,1\): warning FromAsCasing: [^\n]*[^)]\n> 1 \| FROM local/busybox as x\n  help: see https://docs\.docker\.com/go/dockerfile/rule/from-as-casing/\n")
            .Or.Contain("1 built").And.Not.Contain("warning"), "the oldest engine that is tested has no checks");
    }

    [Test]
    public async Task Two_targets_that_fail_in_one_step_tell_it_once()
    {
        _repository.Write("images.yml", "name: @\nimages:\n  @-app:\n    context: app\n    targets: { dev: {}, prod: {} }\n")
            .Write("app/Dockerfile", "FROM local/busybox AS both\nRUN echo @ && exit 3\nFROM both AS dev\nENV A=1\nFROM both AS prod\nENV A=2\n");

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.Text.Split("error ORC3010").Length - 1, Is.EqualTo(1), outcome.ToString());
        Assert.That(outcome.Text, Does.Contain("2 images: 2 failed"));
    }

    [Test]
    public async Task What_a_build_took_is_what_the_next_expects()
    {
        await _repository.RunAsync("build", Named("good"));

        var plan = await _repository.RunAsync("build", Named("good"), "--no-cache", "--progress", "json");

        Assert.That(Regex.Matches(plan.Text, "\"expectedSeconds\":([0-9.]+)").Select(match => double.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)), Has.Exactly(2).GreaterThan(1));
    }

    private string Named(string image) => $"{_repository.Prefix}-{image}";

    /// <returns>All that a pseudo-terminal got.</returns>
    private async Task<string> TerminalAsync(string script)
    {
        var file = Path.Join(_repository.State, "terminal.sh");
        await File.WriteAllTextAsync(file, script);
        foreach (var (name, value) in new[] { ("TERM", "xterm"), ("CI", ""), ("LANG", "C.UTF-8"), ("LC_ALL", "") })
        {
            _repository.Variables.TryAdd(name, value);
        }

        var outcome = await _repository.RunCommandAsync("sh", "-c", $"exec script -qefc 'sh {file}' typescript </dev/null");
        return outcome.Text;
    }
}
