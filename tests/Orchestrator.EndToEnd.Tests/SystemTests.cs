using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>
/// The systems under tests/samples, built as a user would and then started by Docker Compose on exactly these images. Images from outside are
/// stand-ins made of busybox.
/// </summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class SystemTests(string engine)
{
    private Repository _repository = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _repository = new Repository(TestEngines.Host(engine));
        await _repository.DockerAsync("tag", "local/busybox", "alpine:3.20");
        foreach (var database in new[] { "postgres:15", "postgres:16", "redis:7" })
        {
            var container = await _repository.DockerAsync("create", "local/busybox", "sleep", "600");
            await _repository.DockerAsync("commit", "--change", "CMD [\"sleep\", \"600\"]", container, database);
            await _repository.DockerAsync("rm", container);
        }
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _repository.RunAsync("clean");
        await _repository.DisposeAsync();
    }

    [Test]
    public async Task Kidsmart_plus_is_built_once_from_its_unmodified_compose_file()
    {
        await OpenAsync("kidsmart-plus");
        var first = await _repository.RunAsync("build");
        var second = await _repository.RunAsync("build");
        var ids = await _repository.DockerAsync("image", "inspect", "--format", "{{.Id}}", "kidsmart-plus-api", "kidsmart-plus-worker", "kidsmart-plus-dashboard", "kidsmart-plus-beat");

        Assert.That(first.Built, Is.EqualTo(new[] { "kidsmart-plus-api" }), first.ToString());
        Assert.That(first.Text, Does.Contain("docker-compose.yml(1,1): warning ORC1070").And.Contain("docker-compose.yml(13,3): message ORC1085: api, worker, dashboard, beat have the same build"));
        Assert.That(second.Text, Does.Contain("1 images: 1 up-to-date"), second.ToString());
        Assert.That(ids.Split('\n').Distinct().Count(), Is.EqualTo(1), ids);
        await StartsAsync(["api", "worker", "dashboard", "beat", "postgres", "redis"]);
        Assert.That(await _repository.DockerAsync("run", "--rm", "kidsmart-plus-beat", "cat", "kidsmart/beat.sh"), Does.Contain("beat listens"));
    }

    [Test]
    public async Task Kidsmart_plus_with_one_name_for_all_is_built_once_and_two_builds_of_that_name_are_refused()
    {
        await OpenAsync("kidsmart-plus");
        var file = Path.Join(_repository.Folder, "docker-compose.yml");
        var named = File.ReadAllText(file).Replace("    build: .\n", "    build: .\n    image: kidsmart-plus:latest\n", StringComparison.Ordinal);
        File.WriteAllText(file, named);
        var one = await _repository.RunAsync("build");
        File.WriteAllText(file, named.Replace("    build: .\n    image: kidsmart-plus:latest\n    command: [\"scripts/run\", \"beat\"]", "    build: { context: ., args: { A: b } }\n    image: kidsmart-plus:latest", StringComparison.Ordinal));
        var clash = await _repository.RunAsync("build");
        File.WriteAllText(file, named); // so that it can be cleaned

        Assert.That(one.Built, Is.EqualTo(new[] { "kidsmart-plus" }), one.ToString());
        Assert.That(clash.ExitCode, Is.EqualTo(1), clash.ToString());
        Assert.That(clash.Text, Does.Contain("docker-compose.yml(33,12): error ORC1033: 'beat' and 'api' are different builds, but both claim the local name 'kidsmart-plus'; 'api' claims it at ").And.Contain("docker-compose.yml(15,12)"));
    }

    [Test]
    public async Task Ichrisbirch_builds_the_stage_of_each_environment()
    {
        await OpenAsync("ichrisbirch");
        var production = await _repository.RunAsync("build", "--environment", "prod");
        Assert.That(production.Built, Is.EqualTo(new[] { "ichrisbirch:prod" }), production.ToString());
        Assert.That(await _repository.DockerAsync("run", "--rm", "ichrisbirch-api", "ls", "/opt/venv"), Is.EqualTo("apscheduler\nfastapi\nflask\nid\npoetry"));
        await StartsAsync(["api", "app", "scheduler", "postgres"], "--env-file", ".prod.env", "-f", "docker-compose.yml", "-f", "docker-compose.prod.yml");

        var both = await _repository.RunAsync("build");
        var id = await _repository.DockerAsync("run", "--rm", "ichrisbirch:dev", "cat", "/opt/venv/id");
        Assert.That(both.ExitCode, Is.Zero, both.ToString());
        Assert.That(await _repository.DockerAsync("run", "--rm", "ichrisbirch:dev", "ls", "/opt/venv"), Does.Contain("pytest"));
        Assert.That(await _repository.DockerAsync("run", "--rm", "ichrisbirch:prod", "cat", "/opt/venv/id"), Is.EqualTo(id), "the common stages ran twice");

        var tested = await _repository.RunAsync("test");
        Assert.That(tested.ExitCode, Is.Zero, tested.ToString());
        Assert.That(tested.Text, Does.Contain("passed     ichrisbirch:dev: /opt/venv/pytest in ").And.Contain("passed     ichrisbirch:prod: /opt/venv/pytest in ").And.Contain("6 tests of 2 images: 6 passed, in "), tested.ToString());

        var development = await _repository.RunAsync("build", "--environment", "dev");
        Assert.That(development.ExitCode, Is.Zero, development.ToString());
        Assert.That(await _repository.DockerAsync("image", "inspect", "--format", "{{.Id}}", "ichrisbirch-app"), Is.EqualTo(await _repository.DockerAsync("image", "inspect", "--format", "{{.Id}}", "ichrisbirch:dev")));
        Assert.That((await _repository.RunAsync("build", "--environment", "pord")).Text, Does.Contain("error ORC1079: There is no environment 'pord': the graph file has dev, test, prod. Did you mean 'prod'?"));
    }

    [Test]
    public async Task Zixly_says_what_is_missing_and_builds_it_when_it_knows_where_it_comes_from()
    {
        _repository.Sample("trading");
        await OpenAsync("zixly");
        var alone = await _repository.RunAsync("build", "-f", "docker-compose.yml");
        Assert.That(alone.Built, Is.EqualTo(new[] { "zixly-pipeline-worker", "zixly-webhook-receiver" }), alone.ToString());
        Assert.That(alone.Text, Does.Contain("docker-compose.yml(5,12): warning ORC1088: The image 'trading-api', which trading-api runs, is not on the engine"));

        var whole = await _repository.RunAsync("build");
        Assert.That(whole.Built, Is.SupersetOf(new[] { "arq-worker", "trading-api" }), whole.ToString());
        Assert.That(whole.Text, Does.Not.Contain("ORC1088"));
        await StartsAsync(["trading-api", "arq-worker", "webhook-receiver", "pipeline-worker"]);
    }

    [Test]
    public async Task Shared_context_is_explained_before_a_byte_is_sent_and_builds_with_an_overlay()
    {
        await OpenAsync("shared-context");
        var refused = await _repository.RunAsync("plan", "-f", "docker-compose.yml");
        Assert.That(refused.ExitCode, Is.EqualTo(1), refused.ToString());
        Assert.That(refused.Text.Split('\n').Where(line => line.Contains("/Dockerfile(3,6): error ORC2045: '../shared/' leaves the build context", StringComparison.Ordinal)).Count(), Is.EqualTo(13), refused.ToString());

        var built = await _repository.RunAsync("build");
        Assert.That(built.Built.Count(), Is.EqualTo(13), built.ToString());
        Assert.That(await _repository.DockerAsync("run", "--rm", "shared-context-data-api", "cat", "shared/logging.conf"), Is.EqualTo("level=info"));

        File.AppendAllText(Path.Join(_repository.Folder, "services/data-api/notes.txt"), "not copied");
        File.AppendAllText(Path.Join(_repository.Folder, "services/data-api/src/main.sh"), "# changed\n");
        Assert.That((await _repository.RunAsync("build")).Built, Is.EqualTo(new[] { "shared-context-data-api" }));
        File.WriteAllText(Path.Join(_repository.Folder, "shared/logging.conf"), "level=debug\n");
        var all = await _repository.RunAsync("build");
        Assert.That(all.Built.Count(), Is.EqualTo(13), all.ToString());
        Assert.That(await _repository.DockerAsync("run", "--rm", "shared-context-admin-api", "cat", "shared/logging.conf"), Is.EqualTo("level=debug"));
        await StartsAsync(["admin-api", "data-api", "weather-service"]);
    }

    [Test]
    public async Task Shared_context_builds_in_the_larger_context_too()
    {
        await OpenAsync("shared-context");
        File.Delete(Path.Join(_repository.Folder, "images.yml"));
        var compose = Path.Join(_repository.Folder, "docker-compose.yml");
        foreach (var folder in Directory.EnumerateDirectories(Path.Join(_repository.Folder, "services")).Select(folder => Path.GetFileName(folder)!))
        {
            var dockerfile = Path.Join(_repository.Folder, "services", folder, "Dockerfile");
            File.WriteAllText(dockerfile, File.ReadAllText(dockerfile).Replace("COPY ../shared/", "COPY shared/", StringComparison.Ordinal).Replace("COPY src/", $"COPY services/{folder}/src/", StringComparison.Ordinal));
            File.WriteAllText(compose, File.ReadAllText(compose).Replace($"context: ./services/{folder}\n", $"context: .\n      dockerfile: services/{folder}/Dockerfile\n", StringComparison.Ordinal));
        }

        var built = await _repository.RunAsync("build");
        Assert.That(built.Built.Count(), Is.EqualTo(13), built.ToString());
        Assert.That(await _repository.DockerAsync("run", "--rm", "shared-context-data-api", "ls"), Is.EqualTo("shared\nsrc"));
    }

    [Test]
    public async Task A_service_may_be_the_context_of_another()
    {
        _repository.Write("compose.yaml", """
            name: @
            services:
              Base:
                build: { context: ., dockerfile_inline: "FROM local/busybox\nRUN echo base > /base\n" }
                image: @-base
              api:
                build:
                  context: .
                  dockerfile_inline: "FROM parent\nCOPY --from=db /bin/busybox /db\nRUN cat /base > /both\n"
                  additional_contexts: { parent: "service:Base", db: "service:db" }
              db: { image: "postgres:15" }
            """);
        var first = await _repository.RunAsync("build");
        var second = await _repository.RunAsync("build");
        Assert.That(first.Built, Is.EqualTo(new[] { "api", "base" }), first.ToString());
        Assert.That(second.Text, Does.Contain("2 images: 2 up-to-date"), second.ToString());
        Assert.That(await _repository.CatAsync("api", "/both"), Is.EqualTo("base"));
    }

    /// <summary>Copies a sample. Its names are its own, so an engine that is kept may have the images of an earlier run.</summary>
    private async Task OpenAsync(string sample)
    {
        _repository.Sample(sample);
        await _repository.RunAsync("clean");
    }

    /// <summary>The real Compose starts the project on the images that are here, and its services stay up.</summary>
    private async Task StartsAsync(IReadOnlyList<string> services, params string[] files)
    {
        var up = await _repository.DockerAsync(["compose", .. files, "up", "--no-build", "--pull", "never", "--detach", "--wait"]);
        var running = await _repository.DockerAsync(["compose", .. files, "ps", "--status", "running", "--services"]);
        await _repository.DockerAsync(["compose", .. files, "down", "--timeout", "0"]);
        Assert.That(running.Split('\n'), Is.SupersetOf(services), up);
    }
}
