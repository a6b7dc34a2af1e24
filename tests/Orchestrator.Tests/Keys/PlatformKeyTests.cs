namespace Orchestrator.Tests.Keys;

/// <summary>What the key of an image for several platforms covers. The engine of these tests is linux/amd64.</summary>
internal sealed class PlatformKeyTests
{
    private const string Both = "images:\n  app: { context: app, platforms: [linux/amd64, linux/arm64] }\n";

    private KeyRepository _repository = null!;

    [SetUp]
    public void Open()
    {
        _repository = new KeyRepository();
        _repository.Write("images.yml", Both);
        _repository.Write("app/Dockerfile", "FROM debian\nARG TARGETARCH\nCOPY bin-${TARGETARCH} /bin/app\n");
        _repository.Write("app/bin-amd64", "amd");
        _repository.Write("app/bin-arm64", "arm");
        _repository.Write("app/notes", "notes");
    }

    [TearDown]
    public void Close() => _repository.Dispose();

    [TestCase("linux/amd64")]
    [TestCase("amd64")]
    [TestCase("")]
    public void The_engine_s_own_platform_says_nothing_new(string platforms)
    {
        var key = KeyFor(platforms);
        _repository.Write("images.yml", "images:\n  app: app\n");

        Assert.That(_repository.Key(), Is.EqualTo(key));
        Assert.That((_repository.Inputs().Platform, _repository.Inputs().Others.Count), Is.EqualTo(("linux/amd64", 0)));
    }

    [Test]
    public void Each_list_of_platforms_has_a_key_of_its_own_whatever_its_order_and_spelling()
    {
        var both = _repository.Key();

        Assert.That(KeyFor("aarch64, linux/amd64"), Is.EqualTo(both));
        Assert.That(new[] { both, KeyFor("amd64"), KeyFor("arm64"), KeyFor("amd64, arm64, s390x"), KeyFor("amd64, arm") }, Is.Unique);
    }

    [Test]
    public void The_files_of_every_platform_count()
    {
        Assert.That(_repository.Files(), Is.EqualTo(new[] { "bin-amd64", "bin-arm64" }));
        foreach (var file in new[] { "app/bin-amd64", "app/bin-arm64" })
        {
            var key = _repository.Key();
            _repository.Write(file, "other");
            Assert.That(_repository.Key(), Is.Not.EqualTo(key), file);
        }

        var same = _repository.Key();
        _repository.Write("app/notes", "other");
        Assert.That(_repository.Key(), Is.EqualTo(same));
    }

    [Test]
    public void What_an_external_image_is_on_each_platform_counts()
    {
        var key = _repository.Key();
        _repository.Other("linux/arm64", "debian", "moved");
        var arm = _repository.Key();
        _repository.External("debian", "moved");

        Assert.That(new[] { key, arm, _repository.Key() }, Is.Unique);
    }

    [Test]
    public void Triggers_and_variables_of_a_base_are_those_of_each_platform()
    {
        _repository.Write("app/Dockerfile", "FROM debian\nCOPY ${WHAT} /\n");
        _repository.External("debian", "a", new Dictionary<string, string> { ["WHAT"] = "bin-amd64" });
        _repository.Other("linux/arm64", "debian", "b", new Dictionary<string, string> { ["WHAT"] = "bin-arm64" }, "COPY notes /");

        Assert.That(_repository.Files(), Is.EqualTo(new[] { "bin-amd64", "bin-arm64", "notes" }));
    }

    [Test]
    public void A_base_that_is_taken_for_two_platforms_in_one_build_is_two_images()
    {
        _repository.Write("images.yml", "images:\n  app: { context: app, platforms: [linux/arm64] }\n");
        _repository.Write("app/Dockerfile", "FROM --platform=$BUILDPLATFORM debian AS build\nCOPY ${WHAT} /\nFROM debian\nCOPY ${WHAT} /\n");
        _repository.External("debian", "a", new Dictionary<string, string> { ["WHAT"] = "bin-amd64" });
        _repository.Other("linux/arm64", "debian", "b", new Dictionary<string, string> { ["WHAT"] = "bin-arm64" });

        Assert.That(_repository.Files(), Is.EqualTo(new[] { "bin-arm64" }), "nothing needs the first stage");
        _repository.Write("app/Dockerfile", File.ReadAllText(_repository.PathOf("app/Dockerfile")) + "COPY --from=build / /\n");
        Assert.That(_repository.Files(), Is.EqualTo(new[] { "bin-amd64", "bin-arm64" }));
    }

    [Test]
    public void Each_platform_may_start_from_another_image_of_the_graph()
    {
        _repository.Write("images.yml", "defaults: { platforms: [arm64, amd64] }\nimages:\n  base-amd64: one\n  base-arm64: two\n  app: app\n");
        _repository.Write("one/Dockerfile", "FROM scratch\nENV A=1\n");
        _repository.Write("two/Dockerfile", "FROM scratch\nENV A=2\n");
        _repository.Write("app/Dockerfile", "ARG TARGETARCH\nFROM base-${TARGETARCH}\nENV B=1\n");
        var key = _repository.Key();

        Assert.That(_repository.Resolved().Bases, Is.EquivalentTo(new[] { "base-amd64", "base-arm64" }));
        _repository.Write("two/Dockerfile", "FROM scratch\nENV A=3\n");
        Assert.That(_repository.Key(), Is.Not.EqualTo(key));
    }

    [Test]
    public void A_step_that_only_one_platform_has_counts()
    {
        _repository.Write("app/Dockerfile", "ARG TARGETARCH\nFROM debian AS on-amd64\nFROM debian AS on-arm64\nENV A=1\nFROM on-${TARGETARCH}\n");
        var key = _repository.Key();

        _repository.Edit("A=1", "A=2");

        Assert.That(_repository.Key(), Is.Not.EqualTo(key));
    }

    [Test]
    public void A_platform_of_a_stage_that_is_named_in_part_is_one_that_can_be_asked_for()
    {
        _repository.Write("app/Dockerfile", "FROM --platform=ARM64 debian AS arm\nFROM --platform=linux debian AS own\nFROM scratch\nCOPY --from=arm / /\nCOPY --from=own / /\n");

        Assert.That(_repository.Resolved().Externals.Select(use => use.Platform), Is.EquivalentTo(new[] { "linux/arm64", null }));
    }

    [Test]
    public void A_context_in_place_of_a_stage_is_taken_for_the_platform_of_the_stage()
    {
        _repository.Write("images.yml", "images:\n  app: { context: app, platforms: [linux/arm64], additional_contexts: { tools: 'docker-image://acme/tools:1' } }\n");
        _repository.Write("app/Dockerfile", "FROM --platform=$BUILDPLATFORM alpine AS tools\nFROM tools AS more\nCOPY ${WHAT} /\nFROM scratch\nCOPY --from=more / /\n");
        _repository.External("acme/tools:1", "a", new Dictionary<string, string> { ["WHAT"] = "bin-amd64" }, "COPY notes /");
        _repository.Other("linux/arm64", "acme/tools:1", "b", new Dictionary<string, string> { ["WHAT"] = "bin-arm64" });
        var key = _repository.Key();

        Assert.That(_repository.Resolved().Externals.Select(use => use.Platform), Is.EqualTo(new string?[] { null }));
        Assert.That(_repository.Files(), Is.EqualTo(new[] { "bin-amd64", "notes" }));
        _repository.External("acme/tools:1", "moved", new Dictionary<string, string> { ["WHAT"] = "bin-amd64" }, "COPY notes /");
        Assert.That(_repository.Key(), Is.Not.EqualTo(key));
    }

    [TestCase("", false)]
    [TestCase("--platform=linux/amd64 ", false)]
    [TestCase("--platform=arm64 ", true)]
    public void A_context_that_an_image_for_the_engine_takes_for_another_platform_is_known_as_such(string flag, bool isOther)
    {
        _repository.Write("images.yml", "images:\n  app: { context: app, additional_contexts: { tools: 'docker-image://acme/tools:1' } }\n");
        _repository.Write("app/Dockerfile", $"FROM {flag}alpine AS tools\nFROM scratch\nCOPY --from=tools / /\n");

        Assert.That(_repository.Resolved().Externals.Select(use => use.IsOtherPlatform), Is.EqualTo(new[] { isOther }));
    }

    private Orchestrator.Keys.CacheKey KeyFor(string platforms)
    {
        _repository.Write("images.yml", $"images:\n  app: {{ context: app, platforms: [{platforms}] }}\n");
        return _repository.Key();
    }
}
