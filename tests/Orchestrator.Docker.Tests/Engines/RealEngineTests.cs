using Orchestrator.Docker.Tests.Peers;
using Orchestrator.Testing;

namespace Orchestrator.Docker.Tests.Engines;

/// <summary>The same calls on every real engine that is there.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Labels))]
public sealed class RealEngineTests(string label)
{
    private DockerEngine _engine = null!;

    [SetUp]
    public void Open() => _engine = new DockerEngine(new DockerEndpoint(new Uri(TestEngines.Host(label)), "the test", null));

    [TearDown]
    public async Task Close()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync();
        }
    }

    [Test]
    public async Task It_says_what_it_is()
    {
        var ping = await _engine.PingAsync(Patience.Token);
        var version = await _engine.VersionAsync(Patience.Token);
        var info = await _engine.InfoAsync(Patience.Token);

        Assert.That(ping.ApiVersion, Does.Match(@"^1\.\d+$"));
        Assert.That(ping.BuilderVersion, Is.EqualTo("2"));
        Assert.That(ping.OsType, Is.EqualTo("linux"));
        Assert.That(version.ApiVersion, Is.EqualTo(ping.ApiVersion));
        Assert.That(version.MinApiVersion, Does.Match(@"^1\.\d+$"));
        Assert.That((version.Version, version.Os, version.Arch), Is.EqualTo((version.Version, "linux", version.Arch)));
        Assert.That(new[] { version.Version, version.Arch, info.Id, info.Name, info.Driver, info.DockerRootDir }, Has.All.Not.Empty);
        Assert.That(info.MemTotal, Is.Positive);
        Assert.That(info.NCpu, Is.Positive);
        Assert.That(info.DriverStatus, Is.Not.Empty);
        Assert.That(info.UsesContainerdStore, Is.EqualTo(info.Driver == "overlayfs"));
        Assert.That(info.InsecureRegistries, Does.Contain("insecure.example:5000").And.Contain("127.0.0.0/8"), "the engines of build/engine know it");
    }

    [Test]
    public async Task What_does_not_exist_is_null_or_nothing()
    {
        Assert.That(await _engine.InspectImageAsync("orchestrator-tests/no-such:image", Patience.Token), Is.Null);
        Assert.That(await _engine.RemoveImageAsync("orchestrator-tests/no-such:image", false, false, Patience.Token), Is.Empty);
        Assert.That(await _engine.ListImagesAsync(["orchestrator-tests/no-such*"], Patience.Token), Is.Empty);
    }

    [Test]
    public void An_invalid_name_is_an_error_of_the_engine()
    {
        Assert.That(() => _engine.TagImageAsync("orchestrator-tests/no-such", "a", "b", Patience.Token), Throws.TypeOf<DockerApiException>().With.Property("StatusCode").EqualTo(404));
        Assert.That(() => _engine.InspectImageAsync("Not Valid?", Patience.Token), Throws.TypeOf<DockerApiException>().With.Property("StatusCode").EqualTo(400));
    }

    [Test]
    public async Task An_image_can_be_tagged_listed_inspected_and_removed()
    {
        var repository = $"orchestrator-tests/{Guid.NewGuid():N}";
        await ImportedImage.CreateAsync(_engine.Endpoint, repository, "1", Patience.Token);
        await _engine.TagImageAsync($"{repository}:1", repository, "2", Patience.Token);

        var listed = await _engine.ListImagesAsync([$"{repository}:1", $"{repository}:2"], Patience.Token);
        var image = await _engine.InspectImageAsync($"{repository}:2", Patience.Token);
        var byId = await _engine.InspectImageAsync(image!.Id, Patience.Token);

        Assert.That(listed.SelectMany(row => row.RepoTags), Is.EquivalentTo(new[] { $"{repository}:1", $"{repository}:2" }));
        Assert.That(listed.Select(row => row.Id).Distinct(), Is.EqualTo(new[] { image.Id }));
        Assert.That(listed[0].Labels, Contains.Key("orchestrator.test").WithValue("yes"));
        Assert.That(listed[0].Created, Is.GreaterThan(1_600_000_000));
        Assert.That(byId!.Id, Is.EqualTo(image.Id));
        Assert.That(image.Labels, Contains.Key("orchestrator.test").WithValue("yes"));
        Assert.That(image.Env, Does.Contain("GREETING=hello"));
        Assert.That((image.User, image.WorkingDir, image.Os), Is.EqualTo(("7:7", "/work", "linux")));
        Assert.That(image.OnBuild, Is.EqualTo(new[] { "RUN true" }));
        Assert.That(image.Layers, Has.Count.EqualTo(1));
        Assert.That(image.Created, Is.Not.Null);
        Assert.That(image.RawConfig.GetProperty("WorkingDir").GetString(), Is.EqualTo("/work"));

        Assert.That(await _engine.RemoveImageAsync($"{repository}:2", false, false, Patience.Token), Is.EqualTo(new[] { $"{repository}:2" }));
        Assert.That(await _engine.RemoveImageAsync($"{repository}:1", false, false, Patience.Token), Has.Some.EqualTo(image.Id));
        Assert.That(await _engine.InspectImageAsync(image.Id, Patience.Token), Is.Null);
    }

    [Test]
    public async Task A_hundred_questions_at_a_time_are_answered()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _engine.PingAsync(Patience.Token)));

        Assert.That(answers.Distinct().ToArray(), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Containers_can_be_listed() =>
        Assert.That(await _engine.ListContainersAsync(all: true, Patience.Token), Is.Not.Null);

    [Test]
    public void A_pull_that_cannot_succeed_is_an_error_of_the_engine() =>
        Assert.That(
            () => _engine.PullImageAsync("127.0.0.1:1/no/such:image", new RegistryCredentials("a", "b", false), null, Patience.Token),
            Throws.TypeOf<DockerApiException>());

    [TestCase("/grpc")]
    [TestCase("/session")]
    public async Task It_switches_to_a_raw_stream(string path)
    {
        var headers = new List<KeyValuePair<string, string>> { new("X-Docker-Expose-Session-Uuid", Guid.NewGuid().ToString("N")) };
        await using var stream = await _engine.UpgradeAsync(path, "h2c", headers, Patience.Token);
        if (path == "/grpc")
        {
            await stream.WriteAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0"u8.ToArray(), Patience.Token);
        }

        // The engine opens with settings as a server, with the preface as a client.
        var first = new byte[4];
        await stream.ReadExactlyAsync(first, Patience.Token);

        Assert.That(first, path == "/grpc" ? Has.ItemAt(3).EqualTo((byte)4) : Is.EqualTo("PRI "u8.ToArray()));
    }

    [Test]
    public void It_refuses_to_switch_to_another_protocol() =>
        Assert.That(() => _engine.UpgradeAsync("/session", "h3", [], Patience.Token), Throws.TypeOf<DockerApiException>());
}
