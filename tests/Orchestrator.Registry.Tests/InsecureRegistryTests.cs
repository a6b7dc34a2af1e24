using Orchestrator.Registry.Http;
using Orchestrator.Registry.Tests.Peers;
using Orchestrator.Testing;

namespace Orchestrator.Registry.Tests;

/// <summary>Which registries may have any certificate or none, as the engine's <c>insecure-registries</c> say it.</summary>
internal sealed class InsecureRegistryTests
{
    [TestCase("10.1.2.3:5000", "10.0.0.0/8", true)]
    [TestCase("10.1.2.3", "192.168.0.0/16 10.1.0.0/16", true)]
    [TestCase("10.1.2.3", "10.2.0.0/16", false)]
    [TestCase("10.1.2.3", "10.1.2.3", false)]
    [TestCase("[fd00::1]:5000", "10.0.0.0/8 fd00::/8", true)]
    [TestCase("localhost:5000", "127.0.0.0/8 ::1/128", true, TestName = "A name counts by its addresses")]
    [TestCase("localhost:5000", "10.0.0.0/8", false)]
    [TestCase("docker.io", "0.0.0.0/0 ::/0", false, TestName = "Docker Hub never counts")]
    public async Task A_network_covers_the_registries_in_it(string host, string insecure, bool expected) =>
        Assert.That(await InsecureRegistry.IsInNetworkAsync(HostAddress.Of(host), new RegistryOptions { InsecureHosts = insecure.Split(' ') }, Patience.Token), Is.EqualTo(expected));

    [TestCase("10.1.2.3:5000", true)]
    [TestCase("10.1.2.3", false, TestName = "A port belongs to the name")]
    [TestCase("127.0.0.7:5000", true, TestName = "The machine itself")]
    public void A_registry_is_named_as_a_whole(string host, bool expected) =>
        Assert.That(InsecureRegistry.IsNamed(HostAddress.Of(host), new RegistryOptions { InsecureHosts = ["10.1.2.3:5000"] }), Is.EqualTo(expected));

    [TestCase("registry.example", false)]
    [TestCase("registry.example:443", true)]
    [TestCase("registry.example:80", true)]
    [TestCase("[fd00::1]:5000", true)]
    public void A_port_is_one_that_is_written(string host, bool expected) => Assert.That(HostAddress.Of(host).HasPort, Is.EqualTo(expected));

    /// <summary>Nobody serves TLS or anything else at this address of the loopback network.</summary>
    [Test]
    public async Task Without_a_port_a_refused_connection_leaves_plain_HTTP()
    {
        using var connection = new HostConnection(HostAddress.Of("127.98.76.54"), new RegistryOptions());

        Assert.That(await connection.BaseAsync(Patience.Token), Is.EqualTo(new Uri("http://127.98.76.54/")));
    }

    [Test]
    public void With_a_port_a_refused_connection_is_nobody_at_all()
    {
        using var connection = new HostConnection(HostAddress.Of($"127.0.0.1:{TestRegistry.FreePort()}"), new RegistryOptions());

        Assert.That(() => connection.BaseAsync(Patience.Token), Throws.TypeOf<HttpRequestException>());
    }
}
