using Orchestrator.Docker.Tests.Peers;

namespace Orchestrator.Docker.Tests.Configuration;

public sealed class ProxyConfigurationTests
{
    private const string Config = """
        {
          "proxies": {
            "default": { "httpProxy": "http://p:1", "httpsProxy": "http://p:2", "noProxy": "a,b", "ftpProxy": "ftp://p", "allProxy": "socks://p" },
            "tcp://far:2375": { "httpProxy": "http://far:1" },
            "unix:///s": { "httpProxy": "", "noProxy": "x" }
          }
        }
        """;

    [Test]
    public void Each_variable_comes_in_capitals_and_small_letters() =>
        Assert.That(Read(Config, "unix:///other"), Is.EqualTo(new[]
        {
            "HTTP_PROXY=http://p:1", "http_proxy=http://p:1", "HTTPS_PROXY=http://p:2", "https_proxy=http://p:2", "NO_PROXY=a,b",
            "no_proxy=a,b", "FTP_PROXY=ftp://p", "ftp_proxy=ftp://p", "ALL_PROXY=socks://p", "all_proxy=socks://p",
        }));

    [TestCase("tcp://far:2375", new[] { "HTTP_PROXY=http://far:1", "http_proxy=http://far:1" })]
    [TestCase("tcp://far:2375/", new[] { "HTTP_PROXY=http://far:1", "http_proxy=http://far:1" })]
    [TestCase("unix:///s", new[] { "NO_PROXY=x", "no_proxy=x" })]
    public void An_engines_own_entry_replaces_the_default(string address, string[] expected) =>
        Assert.That(Read(Config, address), Is.EqualTo(expected));

    [TestCase("{}")]
    [TestCase("""{ "proxies": {} }""")]
    [TestCase("""{ "proxies": { "default": null } }""")]
    public void Without_an_entry_there_are_no_variables(string config) => Assert.That(Read(config, "unix:///s"), Is.Empty);

    [Test]
    public void Without_a_configuration_there_are_no_variables() =>
        Assert.That(ProxyConfiguration.Read(DockerEnvironment.Empty, new DockerEndpoint(new Uri("unix:///s"), "a test", null)), Is.Empty);

    private static string[] Read(string config, string address)
    {
        using var home = new TemporaryFolder();
        home.Write(".docker/config.json", config);
        var variables = ProxyConfiguration.Read(Environments.With(home.Path), new DockerEndpoint(new Uri(address), "a test", null));
        return [.. variables.Select(variable => $"{variable.Key}={variable.Value}")];
    }
}
