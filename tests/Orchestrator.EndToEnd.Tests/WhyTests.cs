using System.Text.Json;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What the command says of the reasons: in plans, and asked for one image.</summary>
[Category("Engine")]
internal sealed class WhyTests
{
    private Repository _repository = null!;

    [SetUp]
    public async Task BuildOnceAsync()
    {
        _repository = new Repository(TestEngines.Host(TestEngines.Labels.First()));
        _repository.WriteGraph("base", "service", "other")
            .Write("base/Dockerfile", "FROM local/busybox\nCOPY *.txt /\n").Write("base/kept.txt", "1").Write("base/gone.txt", "1").Write("base/unseen.md", "1")
            .Write("service/Dockerfile", "FROM @-base\nARG MODE=fast\nARG API_TOKEN=old-secret\nRUN echo $MODE > /mode\n")
            .Write("other/Dockerfile", "FROM local/busybox\nCMD true\n");
        var built = await _repository.RunAsync("build");
        Assert.That(built.ExitCode, Is.Zero, built.ToString());
    }

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task What_nobody_sees_changes_nothing()
    {
        _repository.Write("base/unseen.md", "2").Write("base/Dockerfile", "# A comment.\nFROM local/busybox\n\nCOPY *.txt /\n");

        var why = await _repository.RunAsync("why");
        var asked = await _repository.RunAsync("why", _repository.Prefix + "-base");

        Assert.That(why.Text, Is.EqualTo("Every image is up to date.\n"));
        Assert.That(asked.Text, Does.Contain("base: up-to-date, nothing changed").And.Contains("Nothing that it is made of has changed."));
    }

    [Test]
    public async Task A_change_of_a_base_is_shown_as_the_path_to_it()
    {
        _repository.Write("base/kept.txt", "2").Write("base/new.txt", "1");
        File.Delete(Path.Join(_repository.Root, "base", "gone.txt"));

        var why = await _repository.RunAsync("why", _repository.Prefix + "-service");

        Assert.That(why.Text, Is.EqualTo(
            """
            service: build, base `base` will be rebuilt
              base image `base` changed
              base: build, `kept.txt` changed, and 2 more
                `kept.txt` changed
                `new.txt` is new
                `gone.txt` is gone

            """));
    }

    [TestCase("TF_BUILD", "##vso[task.complete].txt", "`## vso[task.complete].txt` is new")]
    [TestCase("GITHUB_ACTIONS", "a\n::error::b.txt", "`a ::error::b.txt` is new")]
    [TestCase("GITHUB_ACTIONS", "a\r::error::b.txt", "`a::error::b.txt` is new")]
    [TestCase("GITLAB_CI", "a\u001b[0Ksection_end:1:x.txt", "`a[0Ksection_end:1:x.txt` is new")]
    public async Task What_a_file_is_called_is_no_command(string system, string name, string said)
    {
        _repository.Variables[system] = "true";
        _repository.Write("base/" + name, "1");

        var why = await _repository.RunAsync("why", _repository.Prefix + "-base");

        Assert.That(why.Text, Does.Contain("build, " + said).And.Contain("\n  " + said + "\n"), why.ToString());
    }

    [Test]
    public async Task Arguments_show_their_values_unless_they_look_secret()
    {
        _repository.Write("service/Dockerfile", "FROM @-base\nARG MODE=slow\nARG API_TOKEN=new-secret\nRUN echo $MODE > /mode\n");

        var why = await _repository.RunAsync("why", _repository.Prefix + "-service");
        var plan = await _repository.RunAsync("plan");

        Assert.That(why.Text, Is.EqualTo("service: build, argument `MODE` changed, and 1 more\n  argument `MODE` changed: `fast` before, `slow` now\n  argument `API_TOKEN` changed\n"));
        Assert.That(plan.Text, Does.Contain("argument `MODE` changed, and 1 more"), plan.ToString());
        Assert.That(_repository.StateHolds("old-secret"), Is.False);
    }

    [Test]
    public async Task Json_has_the_same_and_other_images_are_left_out()
    {
        _repository.Write("base/kept.txt", "2");

        using var why = JsonDocument.Parse((await _repository.RunAsync("why", "--json")).Text);

        var images = why.RootElement.GetProperty("images").EnumerateArray().ToList();
        Assert.That(images.Select(image => image.GetProperty("name").GetString()), Is.EqualTo(new[] { "base", "service" }));
        Assert.That(images[1].GetProperty("bases")[0].GetProperty("differences")[0].GetProperty("name").GetString(), Is.EqualTo("kept.txt"));
    }

    [Test]
    public async Task The_image_that_has_the_name_is_what_counts()
    {
        _repository.Write("base/kept.txt", "2");
        await _repository.RunAsync("build");
        _repository.Write("base/kept.txt", "3").Write("base/new.txt", "1");
        await _repository.RunAsync("build");
        _repository.Write("base/kept.txt", "2");
        await _repository.DockerAsync("tag", $"orchestrator.invalid/{_repository.Prefix}/@-base:{await KeyTagOfOldestAsync()}", "@-base");

        var why = await _repository.RunAsync("why", _repository.Prefix + "-base");

        Assert.That(why.Text, Does.Contain("`new.txt` is new").And.Not.Contains("`kept.txt`"), why.ToString());
    }

    [Test]
    public async Task Without_memory_it_says_so()
    {
        _repository.Write("base/kept.txt", "2").ForgetState();

        var why = await _repository.RunAsync("why");

        Assert.That(why.Text, Does.Contain("base: build, its inputs changed").And.Contains("No build of it is remembered on this machine"));
    }

    [Test]
    public async Task Plans_show_what_floats()
    {
        _repository.Write("other/Dockerfile", "FROM local/busybox\nADD https://example.invalid/tool.tar.gz /\n");

        var plan = await _repository.RunAsync("plan");
        using var json = JsonDocument.Parse((await _repository.RunAsync("plan", "--json")).Text);

        Assert.That(plan.Text, Does.Contain("floating: local/busybox (base, other), as the engine has it now").And.Contains("floating: https://example.invalid/tool.tar.gz (other), whose changes are not noticed"));
        Assert.That(json.RootElement.GetProperty("images")[0].GetProperty("floating")[0].GetString(), Is.EqualTo("local/busybox"));
    }

    [TestCase("", "(external)\n  after service\n")]
    [TestCase("--mermaid", " -.-> n2\n")]
    [TestCase("--dot", "  \"service\" -> \"other\" [style=dashed];")]
    [TestCase("--json", "\"after\": [\n        \"service\"\n")]
    public async Task What_only_comes_before_is_no_base(string form, string expected)
    {
        _repository.Write("images.yml", "name: @\nimages:\n  @-base: { context: base }\n  @-service: { context: service }\n  @-other: { context: other, build_after: [@-service] }\n");

        var graph = await _repository.RunAsync(["graph", .. form.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.That(graph.Text, Does.Contain(expected), graph.ToString());
    }

    [TestCase("plan")]
    [TestCase("why")]
    public async Task Warnings_stand_beside_json_and_not_in_it(string command)
    {
        _repository.Write("compose.yaml", "services:\n  other: { build: other }\n  database: { image: '@-nowhere' }\n");

        var outcome = await _repository.RunAsync(command, "--json", "--file", "compose.yaml");
        using var json = JsonDocument.Parse(outcome.Output);

        Assert.That(json.RootElement.GetProperty("images").GetArrayLength(), Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain("warning ORC1088"));
    }

    private async Task<string> KeyTagOfOldestAsync()
    {
        var tags = await _repository.DockerAsync("image", "ls", "--format", "{{.Tag}}", $"orchestrator.invalid/{_repository.Prefix}/@-base");
        return tags.Split('\n')[^1];
    }
}
