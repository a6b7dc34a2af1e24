using Orchestrator.Oracle.Tests.Judging;
using Orchestrator.Oracle.Tests.Runs;
using Orchestrator.Testing;

namespace Orchestrator.Oracle.Tests;

/// <summary>
/// BuildKit decides: whenever it makes something else of an image after a change, the key must be another one. A short run for CI; the long one is
/// <c>build/oracle</c>. A failure names the arguments that show it again. Another run:
/// <c>dotnet test … -- 'TestRunParameters.Parameter(name="seed", value="7")'</c>, likewise <c>mutations</c>.
/// </summary>
[Category("Engine")]
internal sealed class OracleTests
{
    private static int Seed => TestContext.Parameters.Get("seed", 1);

    /// <summary>For each engine; the three of CI make it 201.</summary>
    private static int Mutations => TestContext.Parameters.Get("mutations", 67);

    private static IEnumerable<string> Labels => TestEngines.Labels;

    [TestCaseSource(nameof(Labels)), CancelAfter(1_800_000)]
    public async Task No_change_that_BuildKit_sees_keeps_its_key(string label, CancellationToken cancellationToken)
    {
        await using var bench = await Bench.OpenAsync(TestEngines.Host(label), cancellationToken);
        var run = new OracleRun(bench, new OracleOptions { Seed = Seed, Mutations = Mutations }, TestContext.Out.WriteLine);

        await run.RunAsync(cancellationToken);

        await TestContext.Out.WriteLineAsync(run.Tally.ToString());
        Assert.That(run.Findings, Is.Empty);
        Assert.That(run.Tally.Abandoned, Is.Zero);
        Assert.That(run.Tally.Mutations, Is.GreaterThanOrEqualTo(Mutations));

        // Without the base image on the engine nothing can be built, and nothing would be judged.
        Assert.That(run.Tally.Judged, Is.GreaterThanOrEqualTo(Mutations), "too few images were compared; build/rootfs busybox gives an engine the base");
    }
}
