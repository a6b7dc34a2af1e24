using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Publishing;
using Orchestrator.Registry;
using Orchestrator.Tagging;

namespace Orchestrator.Tests.Publishing;

internal sealed class PromotionRequestTests
{
    [TestCase("ghcr.io/acme/api", "ghcr.io/acme", "stable.example/acme", "stable.example/acme/api")]
    [TestCase("ghcr.io/acme/api/production", "ghcr.io/acme", "stable.example:5000/", "stable.example:5000/api/production")]
    [TestCase("ghcr.io/acmebase/api", "ghcr.io/acme", "stable.example/acme", "stable.example/acme/acmebase/api", TestName = "A prefix ends at a slash")]
    [TestCase("quay.io/other/api", null, "stable.example/acme", "stable.example/acme/other/api")]
    [TestCase("ghcr.io/acme/api", "ghcr.io/acme", null, "ghcr.io/acme/api")]
    [TestCase("ghcr.io/acme/api", "ghcr.io/acme", "Not A Registry", null)]
    public void A_release_keeps_what_is_behind_its_registry(string repository, string? registry, string? prefix, string? expected)
    {
        var target = PromotionRequest.Target(ImageReference.Parse(repository) with { Tag = null }, registry, prefix);

        Assert.That(target?.ToString(), Is.EqualTo(expected));
    }

    [TestCase("1.4.0", TagClass.Full)]
    [TestCase("v1.4.0-rc.1", TagClass.Full)]
    [TestCase("1.4.0.2", TagClass.Full)]
    [TestCase("1.4", TagClass.Moving)]
    [TestCase("2026.01.05", TagClass.Moving)]
    [TestCase("production", TagClass.Moving)]
    public void A_whole_version_is_for_good(string tag, TagClass expected) => Assert.That(PromotionRequest.ClassOf(tag), Is.EqualTo(expected));

    [TestCase("ghcr.io/acme/shop", "b", "tested", "ORC4024", TestName = "Two targets in one repository")]
    [TestCase("ghcr.io/acme/shop", "b", null, "", TestName = "Two targets in one repository, with tags of their own")]
    [TestCase("ghcr.io/acme/shop", "a", "tested", "", TestName = "Two names for one image")]
    [TestCase("quay.io/shop", "b", "tested", "ORC4024", TestName = "Two repositories that differ in their registry only")]
    [TestCase("quay.io/other", "b", "tested", "", TestName = "Two repositories")]
    public void One_tag_is_not_given_to_two_images_of_a_release(string repository, string digit, string? tag, string expected)
    {
        var diagnostics = new DiagnosticBag();
        using var registries = new Registries(new RegistryOptions { Retries = 0 });
        var release = new ReleaseManifest
        {
            Format = ReleaseManifest.CurrentFormat,
            Graph = "shop",
            Registry = "ghcr.io/acme",
            Version = "1.4.0",
            Images = [Released("shop/production", "ghcr.io/acme/shop", "a", "1.4.0"), Released("shop/debug", repository, digit, "1.4.0-debug")],
        };

        new PromotionRequest(registries, diagnostics).Read(release, "stable.example", tag is null ? [] : [tag]);

        Assert.That(diagnostics.Items.Select(item => item.Message), Is.EqualTo(expected.Length == 0 ? [] : new[] { "'shop/debug' and 'shop/production' of the release would both be promoted as 'stable.example/shop:tested'." }));
        Assert.That(diagnostics.Items.Select(item => item.Code), Is.EqualTo(expected.Length == 0 ? [] : new[] { expected }));
    }

    [TestCase("registry.example/a:1", "Not A Reference", "the second one must be an image reference, without a digest")]
    [TestCase("registry.example/a:1", "registry.example/b@sha256:0000000000000000000000000000000000000000000000000000000000000000", "the second one must be an image reference, without a digest")]
    [TestCase("registry.example/a:1.json", "registry.example/", "the second one must be an image reference, without a digest")]
    [TestCase("registry.example/a@sha256:0000000000000000000000000000000000000000000000000000000000000000", "registry.example/b", "the second one has no tag, and the first one none to take")]
    [TestCase("registry.example/a", "registry.example/b:1", NoFile)]
    [TestCase("release.jsn", "registry.example/stable", NoFile)]
    [TestCase("./out/Release.json", "registry.example/stable", NoFile)]
    public async Task What_is_no_promotion_is_said_before_anybody_is_asked(string from, string to, string reason)
    {
        var diagnostics = new DiagnosticBag();
        using var registries = new Registries(new RegistryOptions { Retries = 0 });

        var image = await new PromotionRequest(registries, diagnostics).ReadAsync(from, to, CancellationToken.None);

        Assert.That(image, Is.Null);
        Assert.That(diagnostics.Items.Select(item => $"{item.Code}: {item.Message}"), Is.EqualTo(new[] { $"ORC4015: '{from}' cannot be promoted to '{to}': {reason}." }));
    }

    private const string NoFile = "there is no such file, and it is no image reference with a tag or a digest";

    private static ReleasedImage Released(string name, string repository, string digit, string tag) => new(
        name, "key", $"sha256:{string.Concat(Enumerable.Repeat(digit, 64))}", [new ReleasedRepository(repository, [new ReleasedTag(tag, TagClass.Full, "{version}")])], []);
}
