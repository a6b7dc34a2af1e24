using System.Globalization;
using System.Text.Json;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>What is built, on what, and when nothing is.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Labels))]
internal sealed class BuildTests(string engine)
{
    private Repository _repository = null!;

    [SetUp]
    public void Open() => _repository = new Repository(TestEngines.Host(engine));

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task Bases_come_first_and_a_second_run_does_nothing()
    {
        _repository.WriteGraph("service", "middle", "base")
            .Write("base/Dockerfile", "FROM local/busybox\nRUN echo base > /base\n")
            .Write("middle/Dockerfile", "FROM @-base\nCOPY file /middle\n").Write("middle/file", "middle")
            .Write("service/Dockerfile", "FROM @-middle\nCMD cat /base /middle\n");

        var first = await _repository.RunAsync("build");
        Directory.SetLastWriteTimeUtc(Path.Join(_repository.Root, "middle"), DateTime.UnixEpoch);
        File.SetLastWriteTimeUtc(Path.Join(_repository.Root, "middle", "file"), DateTime.UnixEpoch);
        var second = await _repository.RunAsync("build");

        Assert.That(first.Built, Is.EqualTo(new[] { "base", "middle", "service" }), first.ToString());
        Assert.That(await _repository.DockerAsync("run", "--rm", "@-service"), Is.EqualTo("base\nmiddle"));
        Assert.That(second.Text, Does.Contain("3 images: 3 up-to-date"), second.ToString());
    }

    [Test]
    public async Task A_changed_file_builds_exactly_what_depends_on_it()
    {
        _repository.WriteGraph("base", "left", "right")
            .Write("base/Dockerfile", "FROM local/busybox\n")
            .Write("left/Dockerfile", "FROM @-base\nCOPY f /\n").Write("left/f", "1")
            .Write("right/Dockerfile", "FROM @-base\nCOPY f /\n").Write("right/f", "1");
        await _repository.RunAsync("build");

        _repository.Write("left/f", "2");
        var left = await _repository.RunAsync("build");
        _repository.Write("base/Dockerfile", "FROM local/busybox\nENV A=1\n");
        var all = await _repository.RunAsync("build");

        Assert.That(left.Built, Is.EqualTo(new[] { "left" }), left.ToString());
        Assert.That(all.Built, Is.EqualTo(new[] { "base", "left", "right" }), all.ToString());
    }

    /// <summary>The steps tell by the machine's clock when they ran; the report tells when an image was begun and done with.</summary>
    [Test]
    public async Task As_many_steps_run_at_a_time_as_may_and_none_waits_for_another_image_s_export()
    {
        const string Step = "FROM local/busybox\nRUN : @ && cut -d' ' -f1 /proc/uptime > /ran && sleep 0.3 && dd if=/dev/urandom of=/big bs=1M count=20 && cut -d' ' -f1 /proc/uptime >> /ran\n";
        _repository.WriteGraph("a", "b", "c");
        foreach (var name in (string[])["a", "b", "c"])
        {
            _repository.Write($"{name}/Dockerfile", Step.Replace(": @", $": @ {name}", StringComparison.Ordinal));
        }

        var outcome = await _repository.RunAsync("build", "--parallel", "1", "--report", "r.json");
        var ran = await Task.WhenAll(((string[])["a", "b", "c"]).Select(async name => (await _repository.CatAsync(name, "/ran")).Split('\n').Select(line => double.Parse(line, CultureInfo.InvariantCulture)).ToArray()));
        using var report = JsonDocument.Parse(File.ReadAllText(Path.Join(_repository.Root, "r.json")));
        var images = report.RootElement.GetProperty("images").EnumerateArray().Select(image => (Begin: image.GetProperty("startedSeconds").GetDouble(), Took: image.GetProperty("seconds").GetDouble())).OrderBy(image => image.Begin).ToList();

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(ran.OrderBy(times => times[0]).SelectMany(times => times), Is.Ordered, "one step after the other");
        Assert.That(images.Zip(images.Skip(1)).All(pair => pair.Second.Begin < pair.First.Begin + pair.First.Took), Is.True, "the next is begun before the last is written down");
    }

    [Test]
    public async Task A_step_gets_the_host_s_network_only_where_it_is_entitled_to_it()
    {
        const string Graph = "name: @\nimages:\n  @-app:\n    context: app\n";
        _repository.Write("images.yml", Graph).Write("app/Dockerfile", "FROM local/busybox\nRUN --network=host : @; cat /proc/net/dev > /net\n");

        var refused = await _repository.RunAsync("build");
        _repository.Write("images.yml", Graph + "    entitlements: [network.host]\n");
        var built = await _repository.RunAsync("build");

        Assert.That(refused.Text, Does.Contain("error ORC3010").And.Contain("network.host is not allowed"), refused.ToString());
        Assert.That(built.ExitCode, Is.Zero, built.ToString());
        Assert.That(await _repository.CatAsync("app", "/net"), Does.Contain("docker0"));
    }

    [Test]
    public async Task A_step_reaches_the_engines_machine_by_the_name_that_the_graph_gives_it()
    {
        _repository.Write("images.yml", "name: @\nimages:\n  @-app: { context: app, extra_hosts: ['host.docker.internal:host-gateway', 'two:192.0.2.1,[2001:db8::1]'] }\n")
            .Write("app/Dockerfile", "FROM local/busybox\nRUN : @ && grep -e docker.internal -e two /etc/hosts > /seen\n");

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.Built, Is.EqualTo(new[] { "app" }), outcome.ToString());
        Assert.That(await _repository.CatAsync("app", "/seen"), Does.Match(@"^\d+\.\d+\.\d+\.\d+\s+host.docker.internal\n").And.Match(@"192.0.2.1\s+two").And.Match(@"2001:db8::1\s+two"));
    }

    [Test]
    public async Task A_stage_named_like_its_base_keeps_its_steps()
    {
        _repository.WriteGraph("base", "service")
            .Write("base/Dockerfile", "FROM local/busybox\nRUN echo base > /base\n")
            .Write("service/Dockerfile", "FROM @-base AS @-base\nRUN echo step > /step\nFROM @-base\nRUN cat /base /step > /both\n");

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(await _repository.CatAsync("service", "/both"), Is.EqualTo("base\nstep"));
    }

    [Test]
    public async Task Every_way_to_use_an_image_makes_an_edge()
    {
        _repository.WriteGraph("service", "copied", "mounted", "argued")
            .Write("copied/Dockerfile", "FROM local/busybox\nRUN echo copied > /c\n")
            .Write("mounted/Dockerfile", "FROM local/busybox\nRUN echo mounted > /m\n")
            .Write("argued/Dockerfile", "FROM local/busybox\nRUN echo argued > /a\n")
            .Write("service/Dockerfile", "ARG BASE=@-argued\nFROM ${BASE}\nCOPY --from=@-copied /c /c\nRUN --mount=type=bind,from=@-mounted,target=/x cat /x/m /a /c > /all\n");

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(await _repository.CatAsync("service", "/all"), Is.EqualTo("mounted\nargued\ncopied"));
    }

    [Test]
    public async Task Triggers_of_a_base_read_the_context_of_the_child()
    {
        _repository.WriteGraph("base", "service")
            .Write("base/Dockerfile", "FROM local/busybox\nONBUILD COPY . /app\n")
            .Write("service/Dockerfile", "FROM @-base\n").Write("service/file", "1");
        await _repository.RunAsync("build");

        _repository.Write("service/file", "2");
        var again = await _repository.RunAsync("build");

        Assert.That(again.Built, Is.EqualTo(new[] { "service" }), again.ToString());
        Assert.That(await _repository.CatAsync("service", "/app/file"), Is.EqualTo("2"));
    }

    [Test]
    public async Task Targets_named_contexts_and_sources_are_honoured()
    {
        _repository.Write("images.yml", """
            name: @
            images:
              @-app:
                context: app
                additional_contexts: { shared: shared }
                targets: { dev: {}, prod: { tag: latest } }
            sources: { docker.io/library/nobody-has-this:1: local/busybox }
            """)
            .Write("shared/s", "shared")
            .Write("app/Dockerfile", "FROM nobody-has-this:1 AS prod\nCOPY --from=shared s /s\nFROM prod AS dev\nRUN echo dev > /dev-only\n");

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(await _repository.CatAsync("app", "/s"), Is.EqualTo("shared"));
        Assert.That(await _repository.CatAsync("app", "/dev-only"), Does.Contain("No such file"));
        Assert.That(await _repository.CatAsync("app:dev", "/dev-only"), Is.EqualTo("dev"));
    }

    /// <summary>Engines of different age differ in what they make of each of these; none may be taken for up to date when its step changed.</summary>
    [TestCase("FROM local/busybox AS empty\nRUN echo one > /v\nFROM local/busybox\nCOPY --from=empty / /v/\n", "", TestName = "{m}(an empty context in the place of a stage)")]
    [TestCase("FROM local/busybox AS context\nRUN echo one > /v\nFROM local/busybox\nCOPY --from=context /v /v\n", "two", TestName = "{m}(a stage called context)")]
    [TestCase("FROM local/busybox\nARG \"VERSION\"\nRUN echo $VERSION > /version; echo one > /v\n", "two", TestName = "{m}(an argument in quotes)")]
    public async Task Names_mean_what_BuildKit_takes_them_for(string dockerfile, string expected)
    {
        const string Graph = """
            name: @
            images:
              @-app:
                context: app
                args: { VERSION: one }
                additional_contexts: { empty: "docker-image://scratch", context: other }
            """;
        _repository.Write("images.yml", Graph).Write("app/Dockerfile", dockerfile).Write("other/file", "");
        var first = await _repository.RunAsync("build");
        var hasVersion = dockerfile.Contains("/version", StringComparison.Ordinal);
        var version = hasVersion ? await _repository.CatAsync("app", "/version") : "";

        _repository.Write("app/Dockerfile", dockerfile.Replace("one", "two", StringComparison.Ordinal));
        var second = await _repository.RunAsync("build");
        _repository.Write("images.yml", Graph.Replace("one", "two", StringComparison.Ordinal));
        var third = await _repository.RunAsync("build");

        Assert.That((first.ExitCode, second.ExitCode, third.ExitCode), Is.EqualTo((0, 0, 0)), $"{first}{second}{third}");
        Assert.That(second.Built, expected.Length > 0 ? Is.Not.Empty : Is.Empty, second.ToString());
        Assert.That(await _repository.CatAsync("app", "/v"), expected.Length > 0 ? Is.EqualTo(expected) : Does.Contain("Is a directory").Or.Contain("No such file"));
        Assert.That(hasVersion ? await _repository.CatAsync("app", "/version") : "", Is.EqualTo(version.Replace("one", "two", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Same_size_and_time_is_not_same_content()
    {
        _repository.WriteGraph("app").Write("app/Dockerfile", "FROM local/busybox\nCOPY f /f\n").Write("app/f", "one");
        File.SetLastWriteTimeUtc(Path.Join(_repository.Root, "app/f"), DateTime.UnixEpoch.AddDays(1));
        await _repository.RunAsync("build");

        _repository.Write("app/f", "two");
        File.SetLastWriteTimeUtc(Path.Join(_repository.Root, "app/f"), DateTime.UnixEpoch.AddDays(1));
        await _repository.RunAsync("build");

        Assert.That(await _repository.CatAsync("app", "/f"), Is.EqualTo("two"));
    }

    [Test]
    public async Task A_file_edited_while_its_image_waits_is_built_as_it_is_then()
    {
        _repository.WriteGraph("base", "app")
            .Write("base/Dockerfile", "FROM local/busybox\nRUN : @ && sleep 4\n")
            .Write("app/Dockerfile", "FROM @-base\nCOPY f /f\n").Write("app/f", "one");
        var process = _repository.Start("build");
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("building", StringComparison.Ordinal))
        {
        }

        _repository.Write("app/f", "two");
        var outcome = await _repository.EndAsync(process);
        var second = await _repository.RunAsync("build");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        Assert.That(await _repository.CatAsync("app", "/f"), Is.EqualTo("two"));
        Assert.That(second.Text, Does.Contain("2 up-to-date"), second.ToString());
    }

    [Test]
    public async Task Deleted_and_moved_names_are_given_back_and_deleted_images_built()
    {
        _repository.WriteGraph("app").Write("app/Dockerfile", "FROM local/busybox\nENV A=1\n");
        await _repository.RunAsync("build");

        await _repository.DockerAsync("rmi", "@-app");
        var deleted = await _repository.RunAsync("build");
        await _repository.DockerAsync("tag", "local/busybox", "@-app");
        var moved = await _repository.RunAsync("plan");
        await _repository.RunAsync("build");
        await _repository.RunAsync("clean");
        var gone = await _repository.RunAsync("plan");

        Assert.That(deleted.Text, Does.Contain("1 retagged"), deleted.ToString());
        Assert.That(moved.Text, Does.Contain("retag"), moved.ToString());
        Assert.That(gone.Text, Does.Contain("build"), gone.ToString());
    }

    [Test]
    public async Task Clean_takes_away_builds_of_images_that_the_graph_has_no_more()
    {
        _repository.WriteGraph("kept", "used", "gone").Write("kept/Dockerfile", "FROM local/busybox\nENV A=1\n").Write("used/Dockerfile", "FROM local/busybox\nENV A=2\n").Write("gone/Dockerfile", "FROM local/busybox\nENV A=3\n");
        await _repository.RunAsync("build");
        var container = await _repository.DockerAsync("create", "@-used", "true");
        await _repository.DockerAsync("tag", "local/busybox", $"orchestrator.invalid/@/@-gone:{KeyOf('0')}");
        _repository.WriteGraph("kept");

        var one = await _repository.RunAsync("clean", _repository.Prefix + "-kept");
        var before = await KeyTagsAsync();
        var all = await _repository.RunAsync("clean");
        var after = await KeyTagsAsync();
        await _repository.DockerAsync("rm", container);

        Assert.That(one.ExitCode, Is.Zero, one.ToString());
        Assert.That(before, Is.EqualTo(new[] { "gone", "gone", "used" }), "only the image that was named");
        Assert.That(all.Text, Does.Match("removed orchestrator.invalid/.*gone:key-").And.Match("kept orchestrator.invalid/.*used:key-.*: a container uses it"), all.ToString());
        Assert.That(after, Is.EqualTo(new[] { "gone", "used" }), "one is in use, one is not ours");
        Assert.That(all.Text, Does.Contain("left gone:latest: the graph has no image of that name any more").And.Not.Contain("left used"), all.ToString());

        async Task<IEnumerable<string>> KeyTagsAsync() => (await _repository.ImageNamesAsync()).Where(name => name.Contains($"orchestrator.invalid/{_repository.Prefix}/", StringComparison.Ordinal)).Select(name => name.Split('-')[1].Split(':')[0]).Order();
        static string KeyOf(char digit) => "key-" + new string(digit, 64);
    }

    /// <summary>Neither says its name, so both have that of their folder.</summary>
    [Test]
    public async Task Clean_leaves_the_builds_of_another_graph_in_a_folder_of_the_same_name()
    {
        var (one, other) = ($"one/{_repository.Prefix}", $"other/{_repository.Prefix}");
        _repository.Write($"{one}/images.yml", "images: { @-mine: app }\n").Write($"{one}/app/Dockerfile", "FROM local/busybox\nENV A=1\n");
        _repository.Write($"{other}/images.yml", "images: { @-theirs: app }\n").Write($"{other}/app/Dockerfile", "FROM local/busybox\nENV A=2\n");
        await _repository.RunAsync("build", "--file", $"{one}/images.yml");
        await _repository.RunAsync("build", "--file", $"{other}/images.yml");
        _repository.Write($"{one}/images.yml", "images: { @-renamed: app }\n");

        var cleaned = await _repository.RunAsync("clean", "--file", $"{one}/images.yml");
        var left = await _repository.ImageNamesAsync();

        Assert.That(cleaned.Text, Does.Match("removed orchestrator.invalid/.*/mine:key-").And.Contain("left mine:latest").And.Not.Contain("theirs"), cleaned.ToString());
        Assert.That(left, Has.One.Contains($"orchestrator.invalid/{_repository.Prefix}/{_repository.Prefix}-theirs:key-"));
    }

    [Test]
    public async Task A_key_tag_on_a_foreign_image_proves_nothing()
    {
        _repository.WriteGraph("app").Write("app/Dockerfile", "FROM local/busybox\nENV A=1\n");
        await _repository.RunAsync("build");
        var tags = await _repository.ImageNamesAsync();
        await _repository.DockerAsync("tag", "local/busybox", tags.Single(tag => tag.StartsWith($"orchestrator.invalid/{_repository.Prefix}/", StringComparison.Ordinal)));

        var outcome = await _repository.RunAsync("build");

        Assert.That(outcome.Text, Does.Contain("ORC3015").And.Contain("1 built"), outcome.ToString());
    }

    [Test]
    public async Task Rebuilds_leave_two_key_tags()
    {
        _repository.WriteGraph("app").Write("app/Dockerfile", "FROM local/busybox\nCOPY f /\n");
        for (var i = 0; i < 4; i++)
        {
            _repository.Write("app/f", $"{i}");
            await _repository.RunAsync("build");
        }

        var tags = await _repository.ImageNamesAsync();
        Assert.That(tags.Count(tag => tag.StartsWith($"orchestrator.invalid/{_repository.Prefix}/", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public async Task What_the_engine_has_is_a_table()
    {
        _repository.WriteGraph("base", "app", "other").Write("base/Dockerfile", "FROM local/busybox\nCOPY f /\n").Write("base/f", "1").Write("app/Dockerfile", "FROM @-base\n").Write("other/Dockerfile", "FROM local/busybox\n");
        await _repository.RunAsync("build", _repository.Prefix + "-app");
        var built = await _repository.RunAsync("images");
        _repository.Write("base/f", "2");
        var changed = await _repository.RunAsync("images", _repository.Prefix + "-base");
        var json = await _repository.RunAsync("images", "--json");

        Assert.That(built.Text, Does.Match(@"(?m)^image +state +size +age +built on +names\nbase +up-to-date +\d+\.\d MB +[0-9a-z ]+ +base$"), built.ToString());
        Assert.That(built.Text, Does.Match(@"(?m)^app +up-to-date .* base +app$").And.Match(@"(?m)^other +not here$"), built.ToString());
        Assert.That(changed.Text, Does.Match(@"(?m)^base +out of date +\d+\.\d MB"), changed.ToString());
        Assert.That(json.Text, Does.Contain("\"action\": \"build\""), json.ToString());
    }
}
