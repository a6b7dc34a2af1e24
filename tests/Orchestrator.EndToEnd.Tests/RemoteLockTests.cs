using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Files and repositories of the network that are locked are what is built from, whatever their servers give meanwhile.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Labels))]
internal sealed class RemoteLockTests(string engine)
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orchestrator-web-").FullName;
    private Repository _repository = null!;
    private Repository _source = null!;
    private TestWeb _web = null!;
    private EngineNetwork _network = null!;

    private string Lock => File.ReadAllText(Path.Join(_repository.Root, "images.lock"));

    /// <summary>Of this test alone: the daemon remembers what it downloaded.</summary>
    private string FileUrl => $"{_web.Url}/{_repository.Prefix}.txt";

    private string GitUrl => $"{_web.Url}/{_repository.Prefix}.git";

    private string GitFolder => Path.Join(_folder, _repository.Prefix + ".git");

    [SetUp]
    public async Task OpenAsync()
    {
        _repository = new Repository(TestEngines.Host(engine));
        _source = new Repository(null);
        _web = await TestWeb.StartAsync(_folder);
        _network = EngineNetwork.Open(TestEngines.Host(engine), _web.Port);
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _network.DisposeAsync();
        await _web.DisposeAsync();
        await _source.DisposeAsync();
        await _repository.DisposeAsync();
    }

    [OneTimeTearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_file_that_changed_at_its_server_is_refused_until_the_lock_is_updated()
    {
        Serve("one");
        _repository.WriteGraph("service", "other").Write("service/Dockerfile", $"FROM local/busybox\nARG NAME=@.txt\nADD {_web.Url}/$NAME /seen\n").Write("other/Dockerfile", "FROM local/busybox\n");
        var locked = await _repository.RunAsync("lock");
        Serve("two");

        var refused = await _repository.RunAsync("build");
        Serve("one");
        var built = await _repository.RunAsync("build");
        Serve("two");
        var unchanged = await _repository.RunAsync("build");
        var cached = await RebuildAsync();
        var updated = await _repository.RunAsync("lock", "--update", FileUrl);
        var plan = await _repository.RunAsync("plan");
        var rebuilt = await _repository.RunAsync("build");

        Assert.That(locked.Text, Does.Contain($"locked {FileUrl} sha256:"), locked.ToString());
        Assert.That((refused.ExitCode, refused.Text), Is.EqualTo((1, refused.Text)).And.Matches<(int, string Text)>(pair => pair.Text.Contains("service/Dockerfile(3,5): error ORC4082", StringComparison.Ordinal)), refused.ToString());
        Assert.That(built.Built, Does.Contain("service"), built.ToString());
        Assert.That(unchanged.Built, Does.Not.Contain("service"), unchanged.ToString());
        Assert.That(cached, Is.EqualTo("one"), "what the daemon has of it is what is locked");
        Assert.That(updated.Text, Does.Match($"moved {FileUrl} sha256:[0-9a-f]{{12}} -> sha256:[0-9a-f]{{12}}"), updated.ToString());
        Assert.That(plan.Text, Does.Match("service +build +remote source `.*` changed").And.Not.Contains("floating: http"), plan.ToString());
        Assert.That(rebuilt.Built, Is.EqualTo(new[] { "service" }), rebuilt.ToString());
        Assert.That(await _repository.CatAsync("service", "/seen"), Is.EqualTo("two"));
    }

    [Test]
    public async Task A_branch_that_moves_moves_nothing_until_the_lock_is_updated()
    {
        await CommitAsync("one");
        _repository.WriteGraph("service").Write("service/Dockerfile", $"FROM local/busybox\nADD {GitUrl}#main /all\nADD {GitUrl}#main:folder /part\nADD {GitUrl} /default\n");
        var locked = await _repository.RunAsync("lock");
        await CommitAsync("two");

        var built = await _repository.RunAsync("build");
        var seen = await Task.WhenAll(_repository.CatAsync("service", "/all/folder/f"), _repository.CatAsync("service", "/part/f"), _repository.CatAsync("service", "/default/folder/f"));
        var again = await _repository.RunAsync("build");
        var updated = await _repository.RunAsync("lock", "--update");
        var rebuilt = await _repository.RunAsync("build");

        Assert.That(locked.Text.Split('\n').Count(line => line.StartsWith($"locked {GitUrl}", StringComparison.Ordinal)), Is.EqualTo(2), locked.ToString());
        Assert.That(built.Built, Is.EqualTo(new[] { "service" }), built.ToString());
        Assert.That(seen, Is.All.EqualTo("one"));
        Assert.That(again.Text, Does.Contain("1 up-to-date"), again.ToString());
        Assert.That(updated.Text, Does.Match($"moved {GitUrl}#main [0-9a-f]{{12}} -> [0-9a-f]{{12}}"), updated.ToString());
        Assert.That(rebuilt.Built, Is.EqualTo(new[] { "service" }), rebuilt.ToString());
        Assert.That(await _repository.CatAsync("service", "/part/f"), Is.EqualTo("two"));
    }

    [Test]
    public async Task A_tag_of_its_own_and_a_trigger_of_a_base_are_held()
    {
        await CommitAsync("one");
        await _source.GitAsync("-c", "user.name=t", "-c", "user.email=t@example.org", "tag", "--annotate", "--message", "x", "v1");
        await PublishAsync();
        _repository.WriteGraph("base", "service").Write("base/Dockerfile", $"FROM local/busybox\nONBUILD ADD {GitUrl}#v1 /seen\n").Write("service/Dockerfile", "FROM @-base\n");
        var locked = await _repository.RunAsync("lock");
        await CommitAsync("two");
        await _source.GitAsync("-c", "user.name=t", "-c", "user.email=t@example.org", "tag", "--force", "v1");
        await PublishAsync();

        var built = await _repository.RunAsync("build");

        Assert.That(locked.Text, Does.Contain($"locked {GitUrl}#v1 "), locked.ToString());
        Assert.That(built.Built, Is.EqualTo(new[] { "base", "service" }), built.ToString());
        Assert.That(await _repository.CatAsync("service", "/seen/folder/f"), Is.EqualTo("one"));
    }

    [Test]
    public async Task A_check_finds_what_is_missing_and_what_is_stale()
    {
        Serve("one");
        _repository.WriteGraph("service").Write("service/Dockerfile", $"FROM scratch\nADD {FileUrl} /f\n");
        var none = await _repository.RunAsync("lock", "--check");
        await _repository.RunAsync("lock");
        var good = await _repository.RunAsync("lock", "--check");
        _repository.Write("service/Dockerfile", $"FROM scratch\nADD {_web.Url}/other /f\n");
        var bad = await _repository.RunAsync("lock", "--check");
        var floating = await _repository.RunAsync("plan");
        var missing = await _repository.RunAsync("lock");
        var unknown = await _repository.RunAsync("lock", "--update", $"{_web.Url}/othr");

        Assert.That((none.ExitCode, good.ExitCode, bad.ExitCode, missing.ExitCode, unknown.ExitCode), Is.EqualTo((1, 0, 1, 1, 1)), $"{none}{good}{bad}{missing}{unknown}");
        Assert.That(none.Text, Does.Contain("error ORC4079"));
        Assert.That(good.Text, Does.Contain("1 external references, all of them locked"));
        Assert.That(bad.Text, Does.Contain("service/Dockerfile(2,5): error ORC4074").And.Contain("images.lock(4,6): error ORC4075"));
        Assert.That(floating.Text, Does.Contain("service/Dockerfile(2,5): warning ORC4073").And.Contain($"floating: {_web.Url}/other (service), whose changes are not noticed"));
        Assert.That(missing.Text, Does.Contain("service/Dockerfile(2,5): error ORC4077").And.Contain("its server answers 404 Not Found"));
        Assert.That(unknown.Text, Does.Contain($"error ORC4078: Nothing in the graph takes '{_web.Url}/othr' from outside. Did you mean '{_web.Url}/other'?"));
    }

    [Test]
    public async Task Another_clone_with_the_same_lock_has_the_same_key()
    {
        Serve("one");
        _repository.WriteGraph("service").Write("service/Dockerfile", $"FROM scratch\nADD {FileUrl} /f\n");
        await _repository.RunAsync("lock");
        await _repository.CommitAsync();
        await using var clone = await _repository.CloneAsync(TestEngines.Host(engine));
        await _repository.RunAsync("build");
        Serve("two");

        var there = await clone.RunAsync("build");

        Assert.That(there.Text, Does.Contain("1 up-to-date"), there.ToString());
    }

    [Test]
    public async Task What_is_private_of_an_address_is_shown_nowhere()
    {
        Serve("one");
        _web.Authorization = "Basic " + Convert.ToBase64String("me:canary"u8);
        var url = FileUrl.Replace("//", "//me:canary@", StringComparison.Ordinal);
        _repository.Write("images.yml", "name: @\nimages:\n  @-service:\n    context: service\n    args: { TOKEN: canary }\n")
            .Write("service/Dockerfile", "");
        File.WriteAllText(Path.Join(_repository.Root, "service/Dockerfile"), $"FROM local/busybox\nARG TOKEN\nADD {url}?token=$TOKEN /f\nRUN false\n");

        var locked = await _repository.RunAsync("lock");
        var plan = await _repository.RunAsync("plan", "--json");
        var built = await _repository.RunAsync("build", "--progress", "plain");
        Serve("two");
        File.WriteAllText(Path.Join(_repository.Root, "service/Dockerfile"), $"FROM local/busybox\nARG TOKEN\nADD {url}?token=2$TOKEN /f\n");
        var moved = await _repository.RunAsync("build", "--progress", "plain");

        Assert.That(locked.ExitCode, Is.Zero, locked.ToString());
        Assert.That(built.Text, Does.Contain("service/Dockerfile(4,1): error ORC3010").And.Contain("`false`").And.Contain(" 3 | ADD http://***"), built.ToString());
        Assert.That(_web.Asked, Has.Some.Contains("token=canary"), "the server was told");
        Assert.That(Lock + locked + plan + built + moved, Does.Not.Contain("canary"));
        Assert.That(_repository.StateHolds("token=canary"), Is.False);
    }

    [Test]
    public async Task A_build_without_cache_runs_every_step_or_says_why_not()
    {
        Serve("one");
        _repository.WriteGraph("service").Write("service/Dockerfile", $"FROM local/busybox\nADD {FileUrl} /f\nRUN cat /proc/sys/kernel/random/uuid >/random\n");
        await _repository.RunAsync("lock");
        await _repository.RunAsync("build");
        var before = await _repository.CatAsync("service", "/random");
        await _repository.RunAsync("lock", "--refresh", _repository.Prefix + "-service");

        var again = await _repository.RunAsync("build");
        var after = await _repository.CatAsync("service", "/random");

        if (again.ExitCode == 0)
        {
            Assert.That(after, Is.Not.EqualTo(before), again.ToString());
        }
        else
        {
            Assert.That(again.Text, Does.Contain("service/Dockerfile(2,5): error ORC4085"), again.ToString());
            Assert.That((await _repository.DockerAsync("version", "--format", "{{.Server.Version}}")).Split('.')[0], Is.LessThan("28"));
        }
    }

    [Test]
    public async Task A_server_that_is_gone_is_said_at_the_place()
    {
        Serve("one");
        await CommitAsync("one");
        _repository.WriteGraph("service", "other").Write("service/Dockerfile", $"FROM scratch\nADD {FileUrl} /f\n").Write("other/Dockerfile", $"FROM scratch\nADD {GitUrl}#main /f\n");
        await _repository.RunAsync("lock");
        _web.Pages.Clear();
        Directory.Delete(GitFolder, recursive: true);

        var built = await _repository.RunAsync("build");

        // With a digest to compare, BuildKit takes an error's page for the file.
        Assert.That(built.Text, Does.Contain("service/Dockerfile(2,5): error ORC4082").And.Contain("other/Dockerfile(2,5): error ORC3010").And.Contain(".git/' not found"), built.ToString());
    }

    /// <summary>What an engine would fetch under a name that no rule meets is not fetched.</summary>
    [Test]
    public async Task What_would_pass_by_the_lock_is_refused()
    {
        await CommitAsync("one");
        var odd = GitUrl.Replace(_repository.Prefix, "./" + _repository.Prefix, StringComparison.Ordinal);
        _repository.WriteGraph("service").Write("service/Dockerfile", $"FROM scratch\nADD {odd}#main /f\n");

        var locked = await _repository.RunAsync("lock");
        var built = await _repository.RunAsync("build");

        Assert.That(locked.ExitCode, Is.Zero, locked.ToString());
        Assert.That((built.ExitCode, built.Text.Contains("error ORC4083", StringComparison.Ordinal)), Is.EqualTo((1, true)), built.ToString());
    }

    /// <summary>The image is gone, the daemon's cache is not.</summary>
    private async Task<string> RebuildAsync()
    {
        await _repository.RemoveImagesAsync(name => name.Contains(_repository.Prefix + "-service", StringComparison.Ordinal));

        Assert.That((await _repository.RunAsync("build")).Built, Does.Contain("service"));
        return await _repository.CatAsync("service", "/seen");
    }

    private void Serve(string content) => _web.Write($"/{_repository.Prefix}.txt", System.Text.Encoding.UTF8.GetBytes(content + "\n"));

    private async Task CommitAsync(string content)
    {
        _source.Write("folder/f", content + "\n");
        await _source.CommitAsync();
        await PublishAsync();
    }

    /// <summary>As plain files, which every git reads over HTTP.</summary>
    private async Task PublishAsync()
    {
        if (!Directory.Exists(GitFolder))
        {
            await _source.GitAsync("clone", "--quiet", "--bare", "file://" + _source.Root, GitFolder);
        }

        await _source.GitAsync("push", "--quiet", "--force", "--all", "file://" + GitFolder);
        await _source.GitAsync("push", "--quiet", "--force", "--tags", "file://" + GitFolder);
        await _source.GitAsync("--git-dir", GitFolder, "update-server-info");
    }
}
