using System.Text;
using Orchestrator.Publishing;
using Orchestrator.Registry;
using Orchestrator.Tests.Keys;

namespace Orchestrator.Tests.Publishing;

/// <summary>What counts as all of an image in a registry. The engine of these tests is linux/amd64.</summary>
internal sealed class WholeImageTests
{
    private const string Both = "platforms: [linux/amd64, linux/arm64]";

    [TestCase(Both, "linux/amd64 linux/arm64", true)]
    [TestCase(Both, "linux/arm64/v8 linux/amd64", true)]
    [TestCase(Both, "linux/amd64", false)]
    [TestCase(Both, "linux/amd64 linux/arm64 linux/s390x", false)]
    [TestCase(Both, "linux/amd64 attested", false)]
    [TestCase(Both, null, false)]
    [TestCase("platforms: [linux/arm64]", null, true)]
    [TestCase("platforms: [linux/arm64]", "linux/amd64", false)]
    [TestCase("no_cache: false", null, true)]
    [TestCase("no_cache: false", "linux/amd64", true)]
    [TestCase("no_cache: false", "linux/amd64 linux/arm64", true)]
    [TestCase("no_cache: false", "linux/arm64 linux/s390x", false)]
    [TestCase("no_cache: false", "", false)]
    [TestCase("provenance: true", "linux/amd64 attested", true)]
    [TestCase("provenance: true", "linux/amd64", false)]
    [TestCase("provenance: true", null, false)]
    [TestCase(Both + ", provenance: true", "linux/amd64 attested linux/arm64 attested", true)]
    [TestCase(Both + ", provenance: true", "linux/amd64 attested linux/arm64", false)]
    [TestCase(Both + ", provenance: true", "linux/amd64 attested", false)]
    public void An_index_has_to_have_every_platform_and_what_is_attested_about_it(string build, string? children, bool isWhole)
    {
        using var repository = new KeyRepository();
        repository.Write("images.yml", $"images:\n  app: {{ context: app, {build} }}\n");
        repository.Write("app/Dockerfile", "FROM scratch\nENV A=1\n");

        Assert.That(WholeImage.IsWhole(repository.Resolved(), children is null ? Image() : Index(children)), Is.EqualTo(isWhole));
    }

    private static Manifest Image() => Read(MediaTypes.OciManifest, $$"""{"config":{{Descriptor(0, "application/vnd.oci.image.config.v1+json", "")}},"layers":[]}""");

    /// <param name="children">Platforms; <c>attested</c> is about the one before it.</param>
    private static Manifest Index(string children)
    {
        var manifests = children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((child, number) => child == "attested"
            ? Descriptor(number, MediaTypes.OciManifest, $$""","platform":{"os":"unknown","architecture":"unknown"},"annotations":{"vnd.docker.reference.type":"attestation-manifest","vnd.docker.reference.digest":"{{DigestOf(number - 1)}}"}""")
            : Descriptor(number, MediaTypes.OciManifest, $$""","platform":{{{string.Join(',', new[] { "os", "architecture", "variant" }.Zip(child.Split('/'), (name, value) => $"\"{name}\":\"{value}\""))}}}"""));
        return Read(MediaTypes.OciIndex, $$"""{"manifests":[{{string.Join(',', manifests)}}]}""");
    }

    private static string Descriptor(int number, string mediaType, string further) => $$"""{"mediaType":"{{mediaType}}","digest":"{{DigestOf(number)}}","size":1{{further}}}""";

    private static string DigestOf(int number) => $"sha256:{new string((char)('a' + number), 64)}";

    private static Manifest Read(string mediaType, string json) => Manifest.Read(Encoding.UTF8.GetBytes(json), mediaType);
}
