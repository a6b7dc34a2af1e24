using System.Security.Cryptography;
using System.Text;
using Orchestrator.Docker.Tests.Peers;

namespace Orchestrator.Docker.Tests.Configuration;

public sealed class DockerContextTests
{
    private TemporaryFolder _home = null!;

    [SetUp]
    public void MakeHome() => _home = new TemporaryFolder();

    [TearDown]
    public void RemoveHome() => _home.Dispose();

    [Test]
    public void The_current_context_of_the_configuration_is_used()
    {
        WriteConfig("""{ "currentContext": "far" }""");
        WriteContext("far", """{"Name":"far","Metadata":{},"Endpoints":{"docker":{"Host":"ssh://me@far","SkipTLSVerify":false}}}""");

        var endpoint = DockerEndpoint.Resolve(Environment());

        Assert.That(endpoint, Is.EqualTo(new DockerEndpoint(new Uri("ssh://me@far"), "context 'far'", null)));
    }

    [Test]
    public void Docker_context_beats_the_configuration()
    {
        WriteConfig("""{ "currentContext": "far" }""");
        WriteContext("near", """{"Endpoints":{"docker":{"Host":"unix:///near.sock"}}}""");

        Assert.That(DockerEndpoint.Resolve(Environment(("DOCKER_CONTEXT", "near"))).Address, Is.EqualTo(new Uri("unix:///near.sock")));
    }

    [TestCase("""{ "currentContext": "default" }""")]
    [TestCase("""{ "currentContext": "" }""")]
    [TestCase("{}")]
    [TestCase("\uFEFF{}")]
    public void The_context_default_is_no_context(string config)
    {
        WriteConfig(config);

        Assert.That(DockerEndpoint.Resolve(Environment()).Origin, Is.EqualTo("the default socket"));
    }

    [Test]
    public void A_context_brings_its_certificates()
    {
        WriteContext("t", """{"Endpoints":{"docker":{"Host":"tcp://far"}}}""");
        var ca = _home.Write($".docker/contexts/tls/{Id("t")}/docker/ca.pem", "");
        var certificate = _home.Write($".docker/contexts/tls/{Id("t")}/docker/cert.pem", "");
        var key = _home.Write($".docker/contexts/tls/{Id("t")}/docker/key.pem", "");

        var endpoint = DockerEndpoint.Resolve(Environment(("DOCKER_CONTEXT", "t")));

        Assert.That(endpoint.Address, Is.EqualTo(new Uri("tcp://far:2376")));
        Assert.That(endpoint.Tls, Is.EqualTo(new DockerTls(ca, certificate, key, Verify: true)));
    }

    [Test]
    public void A_context_may_skip_verification()
    {
        WriteContext("t", """{"Endpoints":{"docker":{"Host":"tcp://far:1","SkipTLSVerify":true}}}""");

        Assert.That(
            DockerEndpoint.Resolve(Environment(("DOCKER_CONTEXT", "t"))).Tls,
            Is.EqualTo(new DockerTls(null, null, null, Verify: false)));
    }

    [Test]
    public void A_context_that_does_not_exist_is_named_with_who_chose_it()
    {
        WriteConfig("""{ "currentContext": "gone" }""");

        Assert.That(
            () => DockerEndpoint.Resolve(Environment()),
            Throws.TypeOf<DockerConfigurationException>().With.Message.Contains("'gone'").And.Message.Contains("config.json"));
        Assert.That(
            () => DockerEndpoint.Resolve(Environment(("DOCKER_CONTEXT", "lost"))),
            Throws.TypeOf<DockerConfigurationException>().With.Message.Contains("'lost' (from DOCKER_CONTEXT)"));
    }

    [TestCase("{", "cannot be read")]
    [TestCase("""{"Endpoints":{}}""", "names no engine")]
    [TestCase("""{"Endpoints":{"docker":{"Host":"bad://x"}}}""", "context 't'")]
    public void A_broken_context_is_explained(string content, string expected)
    {
        WriteContext("t", content);

        Assert.That(
            () => DockerEndpoint.Resolve(Environment(("DOCKER_CONTEXT", "t"))),
            Throws.TypeOf<DockerConfigurationException>().With.Message.Contains(expected));
    }

    [Test]
    public void A_broken_configuration_is_shown_with_its_line()
    {
        WriteConfig("{\n\"auths\": 7 }");

        Assert.That(
            () => DockerEndpoint.Resolve(Environment()),
            Throws.TypeOf<DockerConfigurationException>().With.Message.Contains("config.json").And.Message.Contains("line 2"));
    }

    private static string Id(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    private void WriteConfig(string content) => _home.Write(".docker/config.json", content);

    private void WriteContext(string name, string content) => _home.Write($".docker/contexts/meta/{Id(name)}/meta.json", content);

    private DockerEnvironment Environment(params (string Name, string Value)[] variables) => Environments.With(_home.Path, variables);
}
