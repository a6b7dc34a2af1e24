using System.Globalization;
using Orchestrator.Benchmarks.Contenders;
using Orchestrator.Benchmarks.Graphs;
using Orchestrator.Benchmarks.Measuring;

namespace Orchestrator.Benchmarks;

/// <summary>One graph, built by both contenders in turn, several times; then the start of a build that has nothing to do.</summary>
/// <param name="withFloor">Also what the builder's own work takes: bake, with a result and without one.</param>
internal sealed class Benchmark(Places places, string store, int count, int runs, bool withFloor)
{
    private readonly GeneratedGraph _graph = new(count);
    private readonly string _directory = Path.Join(places.Work, $"graph-{count}");
    private readonly ResultTable _table = new("Orchestrator", "bake", "times faster", (ours, bake) => bake / ours);
    private readonly ResultTable _floor = new("bake without a result", "bake", "share", (floor, bake) => floor / bake);

    private string State => Path.Join(places.Work, "state");

    /// <returns>False when a measurement of ours does not count.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var files = new GraphFiles(_graph, _directory);
        files.Write();
        var projects = new ImagesProject(places, _directory, State);
        await projects.RestoreAsync(cancellationToken).ConfigureAwait(false);
        var ours = new Contender(
            places.Engine, places.Tool[0], [.. places.Tool[1..], "build", "--progress", "plain"],
            new Dictionary<string, string> { ["XDG_CACHE_HOME"] = State }, Objections.OfOrchestrator(count));
        var bake = Bake();
        for (var run = 0; run < runs; run++)
        {
            await RoundAsync(run, files, ours, bake, cancellationToken).ConfigureAwait(false);
            if (withFloor)
            {
                await FloorAsync(run, bake, Bake("--set", "*.output=type=cacheonly"), cancellationToken).ConfigureAwait(false);
            }
        }

        var starts = await projects.MeasureAsync(runs, cancellationToken).ConfigureAwait(false);
        await ours.ForgetAsync(cancellationToken).ConfigureAwait(false);
        await bake.ForgetAsync(cancellationToken).ConfigureAwait(false);
        var title = $"{count} images, {_graph.Files.ToString("N0", CultureInfo.InvariantCulture)} context files, {store} store, {runs} runs";
        _table.Write(Console.Out, title);
        Console.WriteLine();
        if (withFloor)
        {
            _floor.Write(Console.Out, $"the builder's own work, {count} images, {store} store");
            Console.WriteLine();
        }

        starts.Write(Console.Out, $"`dotnet build`, nothing changed, {count} images");
        Console.WriteLine();
        return !_table.HasFailed && !starts.HasFailed;
    }

    private Contender Bake(params string[] options) => new(
        places.EngineOfBake, "docker", ["buildx", "bake", "--progress", "quiet", .. options],
        new Dictionary<string, string> { ["BUILDX_CONFIG"] = Path.Join(places.Work, "buildx") }, Objections.OfBake);

    /// <summary>Who comes first changes from round to round.</summary>
    private async Task FloorAsync(int round, Contender bake, Contender withoutResult, CancellationToken cancellationToken)
    {
        var (floor, whole) = _floor.Row("cold");
        (Contender Contender, Samples Samples)[] order = [(withoutResult, floor), (bake, whole)];
        foreach (var (contender, samples) in round % 2 == 0 ? order : order.Reverse())
        {
            await bake.ForgetAsync(cancellationToken).ConfigureAwait(false);
            await places.RestAsync(cancellationToken).ConfigureAwait(false);
            await contender.MeasureAsync(_directory, count, samples, cancellationToken).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"round {round + 1}, cold, {(contender == bake ? "bake" : "bake without a result")}: {samples}").ConfigureAwait(false);
        }
    }

    /// <summary>Who comes first changes from round to round.</summary>
    private async Task RoundAsync(int round, GraphFiles files, Contender ours, Contender bake, CancellationToken cancellationToken)
    {
        await ours.ForgetAsync(cancellationToken).ConfigureAwait(false);
        await bake.ForgetAsync(cancellationToken).ConfigureAwait(false);
        Directory.CreateDirectory(State);
        Directory.Delete(State, recursive: true);
        await BothAsync("cold", count).ConfigureAwait(false);
        await BothAsync("nothing changed", 0).ConfigureAwait(false);
        files.Change(_graph.Services[0], $"service {round}");
        await BothAsync("one service changed", 1).ConfigureAwait(false);
        files.Change(_graph.Bases[0], $"base {round}");
        await BothAsync("one base changed", _graph.ConcernedBy(_graph.Bases[0])).ConfigureAwait(false);
        await BothAsync("nothing changed", 0).ConfigureAwait(false);

        async Task BothAsync(string scenario, int built)
        {
            var (mine, theirs) = _table.Row(scenario);
            (Contender Contender, Samples Samples)[] order = [(ours, mine), (bake, theirs)];
            foreach (var (contender, samples) in round % 2 == 0 ? order : order.Reverse())
            {
                await places.RestAsync(cancellationToken).ConfigureAwait(false);
                await contender.MeasureAsync(_directory, built, samples, cancellationToken).ConfigureAwait(false);
                await Console.Error.WriteLineAsync($"round {round + 1}, {scenario}, {(contender == ours ? "Orchestrator" : "bake")}: {samples}").ConfigureAwait(false);
            }
        }
    }
}
