using Orchestrator.Oracle.Tests.Generation;
using Orchestrator.Oracle.Tests.Judging;
using Orchestrator.Oracle.Tests.Scenarios;
using Orchestrator.Testing;

namespace Orchestrator.Oracle.Tests;

/// <summary>The files that our keys cover, held against those that BuildKit asks a session for.</summary>
[Category("Engine")]
internal sealed class SentFilesTests
{
    private static IEnumerable<int> Seeds => Enumerable.Range(500, 40);

    /// <summary>What BuildKit reads and no key covers could change unseen.</summary>
    [TestCaseSource(nameof(Seeds)), CancelAfter(120_000)]
    public Task Every_file_that_BuildKit_asks_for_is_in_the_key(int seed, CancellationToken cancellationToken) => CompareAsync(seed, (image, sent, hashed) =>
    {
        // BuildKit fetches what --exclude leaves out again, and everything for a tmpfs mount, and then does not use it. The ignore file is asked for by itself.
        if (!image.DockerfileText.Contains("--exclude", StringComparison.Ordinal) && !image.DockerfileText.Contains("type=tmpfs", StringComparison.Ordinal))
        {
            Assert.That(sent.Where(path => path != ".dockerignore"), Is.SubsetOf(hashed), image.Name + "\n" + image.DockerfileText);
        }
    }, cancellationToken);

    private static async Task CompareAsync(int seed, Action<ImageModel, IReadOnlySet<string>, IReadOnlySet<string>> compare, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.OpenAsync(TestEngines.First, cancellationToken);
        var scenario = ScenarioGenerator.Create($"sent{seed}", new Chance(seed), bench.CanExclude);
        using var tree = new WorkingTree(scenario);
        using var product = new Product(bench.Host, tree.Root);
        await bench.Client.BuildOutsideAsync(scenario, cancellationToken);
        var hashed = await PlannedKeys.FindAsync(product.Environment, cancellationToken);
        Assert.Multiple(async () =>
        {
            foreach (var image in scenario.Images)
            {
                var verdict = await bench.Client.BuildAsync(tree.Root, image, cancellationToken);
                if (verdict.SentFiles is { } sent && hashed.TryGetValue(image.Name, out var covered))
                {
                    compare(image, sent, PlannedKeys.Files(covered));
                }
            }
        });
    }
}
