using System.Globalization;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Images that are taken from beside stages of their names, and stages that named contexts replace. Another image of each name lies on the engine: it must not be the one.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Labels))]
internal sealed class NamesakeTests(string engine)
{
    private const string Takes = """
        FROM local/busybox AS @-tools
        RUN echo stage > /stage
        COPY --from=@-tools:latest /tool /copied
        RUN --mount=type=bind,from=docker.io/library/@-tools,target=/m cat /m/tool > /mounted
        FROM local/busybox
        COPY --from=@-tools /stage /copied /mounted /all/
        RUN cat /all/* > /seen
        """;

    private Repository _repository = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _repository = new Repository(TestEngines.Host(engine)).Write("decoy/Dockerfile", "FROM local/busybox\nRUN echo decoy @ > /tool\n");
        await _repository.DockerAsync("build", "--tag", "@-tools:latest", "decoy");
    }

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task An_image_of_the_graph_is_taken_beside_a_stage_of_its_name()
    {
        _repository.WriteGraph("tools", "service")
            .Write("tools/Dockerfile", "FROM local/busybox\nCOPY tool /tool\n").Write("tools/tool", "one\n")
            .Write("service/Dockerfile", Takes);

        var first = await _repository.RunAsync("build");
        var seen = await _repository.CatAsync("service", "/seen");
        var again = await _repository.RunAsync("build");
        var second = await _repository.Write("tools/tool", "two\n").RunAsync("build");

        Assert.That(first.ExitCode, Is.Zero, first.ToString());
        Assert.That(seen, Is.EqualTo("one\none\nstage"));
        Assert.That(again.Text, Does.Contain("2 images: 2 up-to-date"), again.ToString());
        Assert.That(second.Built, Is.EqualTo(new[] { "service", "tools" }), second.ToString());
        Assert.That(await _repository.CatAsync("service", "/seen"), Is.EqualTo("two\ntwo\nstage"));
    }

    [Test]
    public async Task What_the_sources_put_in_its_place_is_taken_beside_a_stage_of_the_name()
    {
        _repository.Write("mapped/Dockerfile", "FROM local/busybox\nRUN echo mapped @ > /tool\n")
            .Write("images.yml", "name: @\nsources: { \"@-tools\": \"local/@-mapped:1\" }\nimages:\n  @-service: service\n")
            .Write("service/Dockerfile", Takes);
        await _repository.DockerAsync("build", "--tag", "local/@-mapped:1", "mapped");

        var built = await _repository.RunAsync("build");

        Assert.That(built.ExitCode, Is.Zero, built.ToString());
        Assert.That(await _repository.CatAsync("service", "/seen"), Is.EqualTo($"mapped {_repository.Prefix}\nmapped {_repository.Prefix}\nstage"));
    }

    /// <summary>Engines before 28 take nothing from images in triggers.</summary>
    [Test]
    public async Task A_trigger_takes_from_an_image_beside_a_stage_of_its_name()
    {
        _repository.Write("mapped/Dockerfile", "FROM local/busybox\nRUN echo mapped @ > /tool\n")
            .Write("images.yml", "name: @\nsources: { \"@-tools\": \"local/@-mapped:1\" }\nimages:\n  @-base: base\n  @-service: service\n")
            .Write("base/Dockerfile", "FROM local/busybox\nONBUILD COPY --from=@-tools:latest /tool /seen\n")
            .Write("service/Dockerfile", "FROM @-base AS @-tools\nRUN echo : @\n");
        await _repository.DockerAsync("build", "--tag", "local/@-mapped:1", "mapped");

        var built = await _repository.RunAsync("build");

        if (await MajorAsync() < 28)
        {
            Assert.That(built.Text, Does.Contain("cannot copy from stage"), built.ToString());
            return;
        }

        Assert.That(built.ExitCode, Is.Zero, built.ToString());
        Assert.That(await _repository.CatAsync("service", "/seen"), Is.EqualTo("mapped " + _repository.Prefix));
        Assert.That(await _repository.DockerAsync("image", "inspect", "--format", "{{.Config.OnBuild}}", "@-base"), Is.EqualTo($"[COPY --from={_repository.Prefix}-tools:latest /tool /seen]"));
    }

    /// <summary>BuildKit looks for what a replaced stage would have taken, and takes nothing of it.</summary>
    [Test]
    public async Task What_a_replaced_stage_takes_from_comes_first_and_decides_no_file()
    {
        _repository.Write("images.yml", "name: @\nimages:\n  @-deps: deps\n  @-service:\n    context: service\n    additional_contexts: { build: dist }\n")
            .Write("deps/Dockerfile", "FROM local/busybox\nRUN echo : @ > /d\n")
            .Write("dist/out", "out\n").Write("service/idle", "1").Write("service/own", "own\n")
            .Write("service/Dockerfile", """
                FROM @-deps AS start
                COPY idle /idle
                FROM start AS build
                COPY --from=@-deps /d /d
                RUN --mount=type=bind,from=start,target=/s cp /s/idle /idle
                FROM local/busybox
                COPY --from=build /out /out
                COPY own /own
                """);

        var first = await _repository.RunAsync("build", _repository.Prefix + "-service");
        var again = await _repository.Write("service/idle", "2").RunAsync("build", _repository.Prefix + "-service");

        Assert.That(first.ExitCode, Is.Zero, first.ToString());
        Assert.That(first.Built, Is.EqualTo(new[] { "deps", "service" }), first.ToString());
        Assert.That(await _repository.CatAsync("service", "/out"), Is.EqualTo("out"));
        Assert.That(again.Text, Does.Contain("2 images: 2 up-to-date"), again.ToString());
    }

    private async Task<int> MajorAsync() => int.Parse((await _repository.DockerAsync("version", "--format", "{{.Server.Version}}")).Split('.')[0], CultureInfo.InvariantCulture);
}
