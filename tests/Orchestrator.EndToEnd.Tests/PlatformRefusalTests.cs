using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>Engines that hold images for their own platform only say so before anything is built.</summary>
[Category("Engine")]
[TestFixtureSource(nameof(Engines))]
internal sealed class PlatformRefusalTests(string engine)
{
    private Repository _repository = null!;

    private static IEnumerable<string> Engines => TestEngines.Labels.Where(label => label != "containerd").DefaultIfEmpty(TestEngines.Labels.First());

    [SetUp]
    public void Open() => _repository = new Repository(TestEngines.Host(engine));

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [TestCase("[linux/s390x]", "linux/s390x")]
    [TestCase("[linux/s390x, linux/amd64]", "linux/amd64, linux/s390x")]
    public async Task Other_platforms_are_refused_with_what_to_do(string platforms, string named)
    {
        _repository.Write("images.yml", $"name: @\nimages:\n  @-a: {{ context: a, platforms: {platforms} }}\n  @-b: a\n").Write("a/Dockerfile", "FROM scratch\nENV A=1\n");

        var plan = await _repository.RunAsync("plan");
        var build = await _repository.RunAsync("build");

        foreach (var outcome in new[] { plan, build })
        {
            Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.ToString());
            Assert.That(outcome.Text, Does.Contain("images.yml(3,").And.Contain($"error ORC1038: The image is to be built for {named};").And.Contain("containerd-snapshotter").And.Not.Contain("building "), outcome.ToString());
        }
    }
}
