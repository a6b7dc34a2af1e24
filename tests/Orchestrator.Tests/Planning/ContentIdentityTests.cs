using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Docker;
using Orchestrator.Planning;

namespace Orchestrator.Tests.Planning;

/// <summary>Two images of different content never have one identity, and one image has the same wherever it is looked at.</summary>
internal sealed class ContentIdentityTests
{
    /// <summary>The configuration of an image as BuildKit wrote it, without its history.</summary>
    private const string Configuration = """
        {"architecture":"amd64","author":"someone","os":"linux","rootfs":{"type":"layers","diff_ids":["sha256:cbd4"]},"created":"2026-11-21T10:10:01Z",
        "config":{"ExposedPorts":{"53/udp":{},"80/tcp":{}},"Env":["PATH=/bin","EMPTY="],"Volumes":{"/d":{}},"WorkingDir":"/",
        "Labels":{"Hostname":"","Image":"foo","a":"","maintainer":"x"},"StopSignal":"9","Healthcheck":{"Test":["CMD","/busybox","true"],"Interval":5000000000}}}
        """;

    /// <summary>What Docker Engine 28.5 answers of it, with either store.</summary>
    private const string Inspected = """
        {"Architecture":"amd64","Author":"someone","Os":"linux","RootFS":{"Type":"layers","Layers":["sha256:cbd4"]},"Created":"2026-11-21T10:10:01Z",
        "Config":{"Cmd":null,"Entrypoint":null,"Env":["PATH=/bin","EMPTY="],"ExposedPorts":{"53/udp":{},"80/tcp":{}},
        "Healthcheck":{"Interval":5000000000,"Test":["CMD","/busybox","true"]},"Labels":{"Hostname":"","Image":"foo","a":"","maintainer":"x"},
        "OnBuild":null,"StopSignal":"9","User":"","Volumes":{"/d":{}},"WorkingDir":"/"}}
        """;

    /// <summary>The members that it adds when it speaks version 1.44 of the API.</summary>
    private const string OlderMembers = """
        {"AttachStderr":false,"AttachStdin":false,"AttachStdout":false,"Domainname":"","Hostname":"","Image":"","OpenStdin":false,"StdinOnce":false,"Tty":false}
        """;

    private static readonly string Identity = OfInspected(Inspected);

    [Test]
    public void A_registry_and_an_engine_agree() => Assert.That(OfConfiguration(Configuration), Is.EqualTo(Identity));

    [Test]
    public void Versions_of_the_api_agree()
    {
        var older = Changed(config =>
        {
            foreach (var (name, value) in JsonNode.Parse(OlderMembers)!.AsObject())
            {
                config[name] = value?.DeepClone();
            }
        });

        Assert.That(OfInspected(older), Is.EqualTo(Identity));
    }

    [TestCase("ExposedPorts")]
    [TestCase("Volumes")]
    [TestCase("Labels")]
    [TestCase("Entrypoint")]
    public void Null_empty_and_absent_are_one_for_members_of_the_config(string name)
    {
        var absent = OfInspected(Changed(config => config.Remove(name)));

        Assert.That(OfInspected(Changed(config => config[name] = null)), Is.EqualTo(absent));
        Assert.That(OfInspected(Changed(config => config[name] = new JsonObject())), Is.EqualTo(absent));
    }

    [Test]
    public void No_config_is_an_empty_one()
    {
        const string Rest = "\"Os\":\"linux\",\"RootFS\":{\"Layers\":[\"sha256:cbd4\"]}";
        string[] images = [$"{{{Rest}}}", $"{{{Rest},\"Config\":null}}", $"{{{Rest},\"Config\":{{}}}}"];

        Assert.That(images.Select(OfInspected).Distinct().Count(), Is.EqualTo(1));
    }

    [TestCase("ExposedPorts", "80/tcp")]
    [TestCase("Volumes", "/d")]
    [TestCase("Labels", "a")]
    [TestCase("Labels", "Image")]
    [TestCase("Labels", "Hostname")]
    public void What_an_image_names_counts_whatever_its_value(string member, string name) =>
        Assert.That(OfInspected(Changed(config => config[member]!.AsObject().Remove(name))), Is.Not.EqualTo(Identity));

    [TestCase("8080/tcp", "ExposedPorts", "80/tcp")]
    [TestCase("/e", "Volumes", "/d")]
    [TestCase("Domainname", "Labels", "Hostname")]
    [TestCase("b", "Labels", "a")]
    public void Another_name_is_another_image(string other, string member, string name)
    {
        var renamed = Changed(config =>
        {
            var value = config[member]![name]!.DeepClone();
            config[member]!.AsObject().Remove(name);
            config[member]![other] = value;
        });

        Assert.That(OfInspected(renamed), Is.Not.EqualTo(Identity));
    }

    [Test]
    public void The_author_counts()
    {
        Assert.That(OfInspected(Inspected.Replace("someone", "another", StringComparison.Ordinal)), Is.Not.EqualTo(Identity));
        Assert.That(OfConfiguration(Configuration.Replace("someone", "another", StringComparison.Ordinal)), Is.Not.EqualTo(Identity));
        Assert.That(
            OfInspected(Inspected.Replace("\"someone\"", "\"\"", StringComparison.Ordinal)),
            Is.EqualTo(OfConfiguration(Configuration.Replace("\"author\":\"someone\",", "", StringComparison.Ordinal))));
    }

    [Test]
    public void What_stands_in_one_member_does_not_pass_for_another()
    {
        var label = Changed(config => (config["Volumes"], config["Labels"]) = (new JsonObject(), new JsonObject { ["x"] = "/d" }));
        var volume = Changed(config => (config["Volumes"], config["Labels"]) = (new JsonObject { ["x"] = "/d" }, new JsonObject()));

        Assert.That(OfInspected(label), Is.Not.EqualTo(OfInspected(volume)));
    }

    private static string Changed(Action<JsonObject> change)
    {
        var image = JsonNode.Parse(Inspected)!;
        change(image["Config"]!.AsObject());
        return image.ToJsonString();
    }

    private static string OfInspected(string json) => ContentIdentity.Of(ImageDetails.From(JsonElement.Parse(json)));

    private static string OfConfiguration(string json) => ContentIdentity.OfBuild(JsonElement.Parse(json));
}
