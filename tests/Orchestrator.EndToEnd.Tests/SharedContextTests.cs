using System.Security.Cryptography;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>A directory that several images take in as a named context.</summary>
[Category("Engine")]
[TestFixtureSource(typeof(TestEngines), nameof(TestEngines.Labels))]
internal sealed class SharedContextTests(string engine)
{
    private const int Length = 4 << 20;

    private static readonly string[] Images = ["one", "two", "three", "four"];

    private Repository _repository = null!;

    [SetUp]
    public void Open()
    {
        _repository = new Repository(TestEngines.Host(engine));
        _repository.Write("images.yml", "name: @\nimages:\n  @-base: base\n" + string.Concat(Images.Select(image => $"  @-{image}: {{ context: {image}, additional_contexts: {{ shared: shared }} }}\n")))
            .Write("base/Dockerfile", "FROM local/busybox\nRUN : @\n").Write("shared/file", "one").Write("shared/left/out", "x").Write("shared/.dockerignore", "left\n");
        foreach (var image in Images)
        {
            _repository.Write($"{image}/Dockerfile", $"FROM @-base\nCOPY --from=shared . /shared/\nRUN echo {image} > /name\n");
        }
    }

    [TearDown]
    public async Task CloseAsync() => await _repository.DisposeAsync();

    [Test]
    public async Task It_is_sent_once_and_again_only_when_it_changed()
    {
        await using var relay = new EngineRelay(TestEngines.Host(engine));
        _repository.Variables["DOCKER_HOST"] = relay.Host;
        _repository.Write("shared/large", Convert.ToHexString(RandomNumberGenerator.GetBytes(Length / 2)));

        var first = await _repository.RunAsync("build");
        var sent = relay.BytesSent;
        _repository.Write("shared/file", "two");
        var second = await _repository.RunAsync("build");

        Assert.That(first.Built, Is.EquivalentTo(Images.Append("base")), first.ToString());
        Assert.That(second.Built, Is.EquivalentTo(Images), second.ToString());
        foreach (var image in Images)
        {
            Assert.That(await _repository.DockerAsync("run", "--rm", "@-" + image, "sh", "-c", "ls /shared; cat /shared/file; wc -c < /shared/large; cat /name"), Is.EqualTo($"file\nlarge\ntwo{Length}\n{image}"));
        }

        if (engine != "trixie") // 26.1.5, with BuildKit 0.13
        {
            Assert.That(sent, Is.LessThan(2 * Length), "each image sends it");
            Assert.That(relay.BytesSent - sent, Is.LessThan(Length), "what did not change is sent again");
        }
    }

    [Test]
    public async Task A_file_of_it_that_is_edited_after_it_was_planned_is_built_as_it_is_then()
    {
        _repository.Write("base/Dockerfile", "FROM local/busybox\nRUN : @ && sleep 4\n");
        var process = _repository.Start("build");
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("building", StringComparison.Ordinal))
        {
        }

        _repository.Write("shared/file", "two");
        var outcome = await _repository.EndAsync(process);
        var next = await _repository.RunAsync("plan");

        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        foreach (var image in Images)
        {
            Assert.That(await _repository.CatAsync(image, "/shared/file"), Is.EqualTo("two"), image);
            Assert.That(next.Text, Does.Match($"{image} +up-to-date"), next.ToString());
        }
    }
}
