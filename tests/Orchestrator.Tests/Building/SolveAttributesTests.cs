using Orchestrator.Building;
using Orchestrator.BuildKit.Control;
using Orchestrator.Docker;
using Orchestrator.Planning;
using Orchestrator.Tests.Keys;

namespace Orchestrator.Tests.Building;

/// <summary>What the builder is told that is known only when it builds, and is in no key.</summary>
internal sealed class SolveAttributesTests
{
    private const string Gha = "images:\n  app: { context: app, cache_from: ['type=gha,scope=a', 'example.org/cache'], cache_to: ['type=gha,scope=a,mode=max'] }\n";

    private readonly Dictionary<string, string> _environment = [];
    private KeyRepository _repository = null!;

    [SetUp]
    public void Open()
    {
        _environment.Clear();
        _repository = new KeyRepository();
        _repository.Write("app/Dockerfile", "FROM scratch\nCOPY . /\n");
    }

    [TearDown]
    public void Close() => _repository.Dispose();

    [Test]
    public void The_word_host_gateway_becomes_the_engines_address_and_stays_a_word_in_the_graph()
    {
        _repository.Write("images.yml", "images:\n  app: { context: app, extra_hosts: ['host.docker.internal:host-gateway', 'a=1.2.3.4,[::1]'] }\n");

        Assert.That(Attributes()["add-hosts"], Is.EqualTo("host.docker.internal=172.17.0.1,a=1.2.3.4,a=::1"));
        Assert.That(_repository.Resolved().Node.Build.ExtraHosts.Select(host => host.Value), Is.EqualTo(new[] { "host.docker.internal=host-gateway", "a=1.2.3.4", "a=::1" }));
    }

    [Test]
    public void A_cache_of_github_is_left_out_where_nothing_tells_how_to_reach_it()
    {
        _repository.Write("images.yml", Gha);

        Assert.That(Attributes()["cache-imports"], Is.EqualTo("""[{"Type":"registry","Attrs":{"ref":"example.org/cache"}}]"""));
        Assert.That(Exports(), Is.Empty);

        _environment["ACTIONS_RUNTIME_TOKEN"] = "canary";
        Assert.That(Exports(), Is.Empty, "a token and no address");
    }

    [TestCase("", "scope=a url=https://old")]
    [TestCase("true", "scope=a url=https://old url_v2=https://new")]
    [TestCase("false", "scope=a url=https://old")]
    public void A_cache_of_github_gets_its_address_and_the_token_of_the_job(string isSecondService, string expected)
    {
        _repository.Write("images.yml", Gha);
        _environment["ACTIONS_RUNTIME_TOKEN"] = "canary";
        _environment["ACTIONS_CACHE_URL"] = "https://old";
        _environment["ACTIONS_RESULTS_URL"] = "https://new";
        _environment["ACTIONS_CACHE_SERVICE_V2"] = isSecondService;

        var export = Exports().Single();

        Assert.That(string.Join(' ', export.Attributes.Where(attribute => attribute.Key is not ("token" or "mode")).OrderBy(attribute => attribute.Key, StringComparer.Ordinal).Select(attribute => $"{attribute.Key}={attribute.Value}")), Is.EqualTo(expected));
        Assert.That((export.Attributes["token"], export.Attributes["mode"]), Is.EqualTo(("canary", "max")));
        Assert.That(Attributes()["cache-imports"], Does.Contain("\"token\":\"canary\""));
        Assert.That($"{_repository.Resolved().Node.Build}{_repository.Resolved().Node.Build.CacheTo[0].Value}", Does.Not.Contain("canary"));
    }

    [Test]
    public void Only_the_results_service_is_there_on_newer_runners()
    {
        _repository.Write("images.yml", Gha);
        _environment["ACTIONS_RUNTIME_TOKEN"] = "canary";
        _environment["ACTIONS_RESULTS_URL"] = "https://new";

        Assert.That(Exports().Single().Attributes["url"], Is.EqualTo("https://new"));
    }

    [TestCase(true, "")]
    [TestCase(false, "me")]
    public void An_identity_token_stands_without_a_user(bool isIdentityToken, string user) =>
        Assert.That(ImageBuilder.Login(new RegistryCredentials("me", "secret", isIdentityToken)), Is.EqualTo((user, "secret")));

    private Dictionary<string, string> Attributes()
    {
        var planned = _repository.Planned();
        return SolveAttributes.Create(
            planned, ServedDockerfile.Create(planned.Image, new Dictionary<string, string>()), new BasesDigests("", ""), new Dictionary<string, string>(), noCache: false, "172.17.0.1", Options());
    }

    private IReadOnlyList<CacheExport> Exports() => SolveAttributes.CacheExports(_repository.Resolved().Node.Build, _environment);

    private BuildOptions Options() => new() { Parallel = 1, Environment = _environment, MachineId = "m" };
}
