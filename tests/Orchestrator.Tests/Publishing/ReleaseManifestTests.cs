using Orchestrator.Diagnostics;
using Orchestrator.Publishing;
using Orchestrator.Tagging;

namespace Orchestrator.Tests.Publishing;

internal sealed class ReleaseManifestTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly ReleaseManifest Sample = new()
    {
        Format = ReleaseManifest.CurrentFormat,
        Graph = "shop",
        Registry = "ghcr.io/acme",
        Version = "1.4.0",
        Commit = "0a1b2c3",
        Images =
        [
            new ReleasedImage("api", "abc", Digest, [new ReleasedRepository("ghcr.io/acme/api", [new ReleasedTag("1.4.0", TagClass.Full, "{version}"), new ReleasedTag("latest", TagClass.Moving, "latest")])], [new ReleasedBase(Image: "base", Key: "def")]),
        ],
    };

    [Test]
    public void What_is_written_is_read_again()
    {
        var read = ReleaseManifest.Parse(Sample.ToJson());

        Assert.That(read.ToJson(), Is.EqualTo(Sample.ToJson()));
        Assert.That(read.Images[0].Repositories[0].Tags[0].Class, Is.EqualTo(TagClass.Full));
    }

    [Test]
    public void A_promotion_changes_the_places_and_nothing_else()
    {
        var promoted = Sample.At("stable.example/acme/", []);

        Assert.That(promoted.ToJson(), Is.EqualTo(Sample.ToJson().Replace("ghcr.io/acme", "stable.example/acme", StringComparison.Ordinal)));
        Assert.That(Sample.At("stable.example", ["tested", "2.0.0"]).Images[0].Repositories[0].Tags.Select(tag => (tag.Tag, tag.Class)), Is.EqualTo(new[] { ("tested", TagClass.Moving), ("2.0.0", TagClass.Full) }));
    }

    [TestCase("", TestName = "Nothing")]
    [TestCase("{}", TestName = "Another object")]
    [TestCase("null", TestName = "Null")]
    [TestCase("""{"format":2,"graph":"shop","images":[]}""", TestName = "A later format")]
    [TestCase("""{"format":1,"graph":"shop","images":[{"image":"api","key":"k","digest":"sha256:0","repositories":[{"name":"a/b","tags":[]}],"bases":[]}]}""", TestName = "Half a digest")]
    [TestCase("""{"format":1,"graph":"shop","images":[{"image":"api","key":"k","digest":"DIGEST","repositories":[],"bases":[]}]}""", TestName = "No repository")]
    [TestCase("""{"format":1,"graph":"shop","images":[{"image":"api","key":"k","digest":"DIGEST","repositories":[{"name":"a/b","tags":[{"tag":"../x","class":"Full","template":"x"}]}],"bases":[]}]}""", TestName = "A tag that leaves its place")]
    [TestCase("""{"format":1,"graph":"shop","images":[null]}""", TestName = "An image that is null")]
    public void What_is_no_release_is_refused(string json) => Assert.That(() => ReleaseManifest.Parse(json.Replace("DIGEST", Digest, StringComparison.Ordinal)), Throws.TypeOf<FormatException>());

    [TestCase("compose: compose.yml\n", "(1,1): error ORC4010: This is not a release manifest that can be used: it is not JSON.")]
    [TestCase("{\n  \"graph\": \"Läden\" x }", "(2,20): error ORC4010: This is not a release manifest that can be used: it is not JSON.")]
    [TestCase("{ \"format\": 1,\n  \"graph\": \"shop\", \"images\": 7 }", "(2,31): error ORC4010: This is not a release manifest that can be used: it is JSON of something else: a release has other values at '$.images', or more of them.")]
    [TestCase("{ \"services\": {} }", "(1,19): error ORC4010: This is not a release manifest that can be used: it is JSON of something else: a release has other values at '$', or more of them.")]
    public async Task What_is_wrong_with_a_file_is_said_at_its_place(string text, string expected)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, text);
            var diagnostics = new DiagnosticBag();

            Assert.That(await ReleaseFile.ReadAsync(file, diagnostics, CancellationToken.None), Is.Null);
            Assert.That(diagnostics.Items.Single().ToString(), Does.StartWith(file + expected).And.Not.Contain("LineNumber"));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
