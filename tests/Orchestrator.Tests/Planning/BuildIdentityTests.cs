using System.Text.Json;
using Orchestrator.Planning;

namespace Orchestrator.Tests.Planning;

/// <summary>What makes two builds of an image different to those that are built from it.</summary>
internal sealed class BuildIdentityTests
{
    private const string Labels = """ "a":"1","org.opencontainers.image.revision":"r1","org.opencontainers.image.created":"t1","orchestrator.bases":"i1","orchestrator.image":"n1","orchestrator.bases.content":"c1" """;

    [TestCase("r1", "r2")]
    [TestCase("t1", "t2")]
    [TestCase("i1", "i2")]
    [TestCase("n1", "n2")]
    [TestCase("\"orchestrator.image\":\"n1\",", "")]
    [TestCase("\"org.opencontainers.image.revision\":\"r1\",", "")]
    public void Stamps_names_and_IDs_of_an_engine_are_none(string old, string other) => Assert.That(Of(Labels.Replace(old, other, StringComparison.Ordinal)), Is.EqualTo(Of(Labels)));

    [TestCase("c1", "c2")]
    [TestCase("\"a\":\"1\"", "\"a\":\"2\"")]
    [TestCase("image.created", "image.title")]
    public void Every_other_label_is_one(string old, string other) => Assert.That(Of(Labels.Replace(old, other, StringComparison.Ordinal)), Is.Not.EqualTo(Of(Labels)));

    [Test]
    public void Only_labels_are_stamps() => Assert.That(
        Of("", """ ,"Volumes":{"org.opencontainers.image.created":"x"} """), Is.Not.EqualTo(Of("")));

    private static string Of(string labels, string others = "")
    {
        using var document = JsonDocument.Parse(
            $$"""{"os":"linux","architecture":"amd64","rootfs":{"diff_ids":["sha256:1"]},"config":{"Labels":{ {{labels}} } {{others}} } }""");
        return ContentIdentity.OfBuild(document.RootElement);
    }
}
