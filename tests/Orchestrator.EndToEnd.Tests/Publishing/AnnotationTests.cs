using Orchestrator.Registry;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>Annotations of manifests and indexes, as a registry has them afterwards.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Stores))]
internal sealed class AnnotationTests(string engine)
{
    private PublishFixture _fixture = null!;

    private bool IsContainerd => engine == "containerd";

    [SetUp]
    public async Task OpenAsync() => _fixture = await PublishFixture.OpenAsync(engine);

    [TearDown]
    public async Task CloseAsync()
    {
        await _fixture.Repository.RunAsync("clean");
        await _fixture.DisposeAsync();
    }

    [Test]
    public async Task They_are_in_the_registry_or_the_store_that_drops_them_is_told()
    {
        var repository = Write("annotations: { org.example.team: one }");

        var pushed = await repository.RunAsync("push", "--build", "--version", "1.0.0");
        var again = await repository.RunAsync("build");

        if (!IsContainerd)
        {
            Assert.That(pushed.ExitCode, Is.EqualTo(1), pushed.ToString());
            Assert.That(pushed.Text, Does.Contain("images.yml(7,38): error ORC1047").And.Contain("'annotations'").And.Not.Contain("building"), pushed.ToString());
            return;
        }

        Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
        Assert.That(again.Text, Does.Contain("1 up-to-date"), again.ToString());
        Assert.That((await ManifestAsync("1.0.0")).Annotations, Does.ContainKey("org.example.team").WithValue("one"));

        var plan = await Write("annotations: [org.example.team=two]").RunAsync("plan");
        Assert.That(plan.Text, Does.Contain("annotation `manifest:org.example.team` changed"), plan.ToString());
    }

    [Test]
    public async Task Those_of_an_index_need_one()
    {
        var alone = await Write("annotations: { 'index:org.example.a': x }").RunAsync("build");
        var both = await Write("provenance: true\n    annotations:\n      - index:org.example.a=x\n      - manifest-descriptor:org.example.b=y\n      - index,manifest:org.example.c=z").RunAsync("push", "--build", "--version", "1.0.0");

        Assert.That(alone.Text, Does.Contain("images.yml(7,43): error ORC1049").And.Not.Contain("building"), alone.ToString());
        Assert.That(both.ExitCode, Is.EqualTo(IsContainerd ? 0 : 1), both.ToString());
        if (IsContainerd)
        {
            var index = await ManifestAsync("1.0.0");
            var image = index.Manifests.Single(child => !child.IsAttestation);
            Assert.That(index.Annotations, Is.EquivalentTo(new Dictionary<string, string> { ["org.example.a"] = "x", ["org.example.c"] = "z" }));
            Assert.That(image.Annotations, Is.EquivalentTo(new Dictionary<string, string> { ["org.example.b"] = "y" }));
            Assert.That((await ManifestAsync(image.Digest.ToString())).Annotations, Is.EquivalentTo(new Dictionary<string, string> { ["org.example.c"] = "z" }));
        }
    }

    private async Task<Manifest> ManifestAsync(string reference)
    {
        using var client = new RegistryClient(_fixture.Registry.Host, new RegistryOptions { Retries = 0 });
        return (await client.FindManifestAsync(_fixture.Name("app"), reference, CancellationToken.None))!;
    }

    private Repository Write(string keys) => _fixture.Repository
        .Write("images.yml", $"name: @\nregistry: {_fixture.Registry.Host}/acme\npublish_tags: [\"{{version}}\"]\nimages:\n  @-app:\n    context: app\n    {keys}\n")
        .Write("app/Dockerfile", "FROM local/busybox\nCOPY f /f\n").Write("app/f", "1");
}
