using System.Diagnostics;
using System.Globalization;
using Orchestrator.Testing;

namespace Orchestrator.EndToEnd.Tests.Publishing;

/// <summary>
/// What it costs an agent with an empty engine to learn that everything is built already. <c>ORCHESTRATOR_TEST_IMAGES</c> says of how many images; the
/// numbers are printed.
/// </summary>
[Category("Engine")]
internal sealed class MemoryCostTests
{
    private const int UsualImages = 10;

    /// <summary>Of a small image; its layers are not read.</summary>
    private const int MostBytesPerImage = 8 * 1024;

    [Test]
    public async Task A_plan_of_nothing_to_build_asks_twice_for_each_image_and_reads_no_layer()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("ORCHESTRATOR_TEST_IMAGES"), CultureInfo.InvariantCulture, out var number) ? number : UsualImages;
        await using var fixture = await PublishFixture.OpenAsync(TestEngines.Labels.First(), logsRequests: true);
        var repository = Write(fixture, count);
        repository.Variables["ORCHESTRATOR_REGISTRY_TIMEOUT"] = "60";
        var pushed = await repository.RunAsync("push", "--build", "--version", "1.0.0");
        Assert.That(pushed.ExitCode, Is.Zero, pushed.ToString());
        await repository.RunAsync("clean");
        var (before, sent) = (fixture.Registry.Requests.Count, fixture.Network.Sent);

        var clock = Stopwatch.StartNew();
        var plan = await repository.RunAsync("plan");
        var elapsed = clock.Elapsed;
        await Task.Delay(TimeSpan.FromSeconds(1)); // the registry tells a request after its answer
        var requests = fixture.Registry.Requests.Skip(before).ToList();
        var bytes = requests.Sum(Bytes);
        clock.Restart();
        await repository.RunAsync("plan");
        TestContext.Progress.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} images: {requests.Count} requests, {bytes} bytes of answers, {elapsed.TotalSeconds:0.00} s; again {clock.Elapsed.TotalSeconds:0.00} s"));

        Assert.That(plan.Text.Split('\n').Count(line => line.Contains("  pull ", StringComparison.Ordinal)), Is.EqualTo(count), plan.ToString());
        Assert.That(requests, Has.Count.EqualTo(2 * count), string.Join('\n', requests));
        Assert.That(bytes, Is.GreaterThan(0).And.LessThan(count * MostBytesPerImage));
        Assert.That(fixture.Network.Sent, Is.EqualTo(sent), "the engine spoke to the registry");
    }

    /// <summary>Every tenth image is a base of the nine that follow.</summary>
    private static Repository Write(PublishFixture fixture, int count)
    {
        const int Group = 10;
        var images = Enumerable.Range(0, count).ToList();
        var repository = fixture.Repository.Write("images.yml", $"name: @\nregistry: {fixture.Registry.Host}/acme\npublish_tags: [\"{{version}}\"]\ncache: {{ registry: true }}\nimages:\n" + string.Concat(images.Select(image => $"  @-i{image}: i{image}\n")));
        foreach (var image in images)
        {
            var from = image % Group == 0 ? "local/busybox" : $"@-i{image / Group * Group}";
            repository.Write($"i{image}/Dockerfile", $"FROM {from}\nCOPY data /i{image}\n").Write($"i{image}/data", $"@ {image}");
        }

        return repository;
    }

    /// <summary>The ninth word of an access log's line: bytes of the answer's body.</summary>
    private static long Bytes(string line) => long.Parse(line.Split('"')[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
