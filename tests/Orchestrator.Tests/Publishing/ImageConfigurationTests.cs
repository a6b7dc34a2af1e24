using System.Text;
using Orchestrator.Planning;
using Orchestrator.Publishing;

namespace Orchestrator.Tests.Publishing;

/// <summary>What counts as certain of a configuration that no engine has read yet; that it is what engines make of it, tests with engines show.</summary>
public sealed class ImageConfigurationTests
{
    private const string Usual = """
        "User": "1000", "Env": ["PATH=/bin", "A="], "Cmd": ["sh"], "Entrypoint": null, "Labels": { "a": "" }, "ExposedPorts": { "80/tcp": {} }, "Volumes": {},
        "Healthcheck": { "Test": ["CMD", "true"], "Interval": 30000000000, "Retries": 3 }, "OnBuild": ["RUN true"], "Image": "sha256:0", "AttachStdin": false, "Domainname": ""
        """;

    [Test]
    public void What_every_engine_shows_as_it_is_written_is_read()
    {
        var image = ImageConfiguration.Read(Bytes(Usual));

        Assert.That(image, Is.Not.Null);
        Assert.That(image!.Env, Is.EqualTo(new[] { "PATH=/bin", "A=" }));
        Assert.That(image.OnBuild, Is.EqualTo(new[] { "RUN true" }));
        Assert.That(image.Layers, Is.EqualTo(new[] { "sha256:1" }));
        Assert.That((image.Os, image.Architecture, image.Id), Is.EqualTo(("linux", "amd64", "")));
        Assert.That(ContentIdentity.Of(image), Is.Not.EqualTo(ContentIdentity.Of(ImageConfiguration.Read(Bytes(Usual.Replace("\"A=\"", "\"A=1\"", StringComparison.Ordinal)))!)));
    }

    [TestCase("\"env\": [\"A=1\"]", Description = "engines take names in any case")]
    [TestCase("\"ENV\": []")]
    [TestCase("\"User\": \"a\", \"User\": \"b\"")]
    [TestCase("\"Memory\": 0")]
    [TestCase("\"MacAddress\": \"02:42:ac:11:00:02\"")]
    [TestCase("\"Cmd\": \"sh\"")]
    [TestCase("\"Env\": [1]")]
    [TestCase("\"Labels\": { \"a\": null }")]
    [TestCase("\"Volumes\": { \"/data\": { \"a\": 1 } }")]
    [TestCase("\"Healthcheck\": { \"Test\": [\"NONE\"], \"Retries\": 0 }")]
    [TestCase("\"Healthcheck\": { \"Test\": [\"CMD\", \"true\"], \"Interval\": 3e10 }")]
    [TestCase("\"Healthcheck\": { \"Test\": [\"CMD\", \"true\"], \"StartInterval\": 1 }")]
    [TestCase("\"WorkingDir\": \"\\ud800\"")]
    [TestCase("\"WorkingDir\": 1")]
    public void Where_an_engine_might_show_something_else_nothing_is_read(string config) =>
        Assert.That(ImageConfiguration.Read(Bytes(config)), Is.Null);

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("""{ "os": "linux", "architecture": "amd64" }""")]
    [TestCase("""{ "os": "linux", "architecture": "amd64", "rootfs": { "diff_ids": [1] } }""")]
    [TestCase("""{ "os": "linux", "rootfs": { "diff_ids": [] } }""")]
    [TestCase("""{ "os": "linux", "OS": "plan9", "architecture": "amd64", "rootfs": { "diff_ids": [] } }""")]
    [TestCase("""{ "os": "windows", "os.version": "10.0", "architecture": "amd64", "rootfs": { "diff_ids": [] } }""")]
    [TestCase("""{ "os": "linux", "architecture": "amd64", "config": [], "rootfs": { "diff_ids": [] } }""")]
    public void What_is_no_whole_configuration_is_not_read(string json) => Assert.That(ImageConfiguration.Read(Encoding.UTF8.GetBytes(json)), Is.Null);

    private static byte[] Bytes(string config) =>
        Encoding.UTF8.GetBytes($$"""{ "os": "linux", "architecture": "amd64", "created": "2026-01-01T00:00:00Z", "config": { {{config}} }, "rootfs": { "type": "layers", "diff_ids": ["sha256:1"] }, "history": [] }""");
}
