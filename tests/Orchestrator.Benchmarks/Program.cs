using System.CommandLine;
using Orchestrator.Benchmarks;

// Started by build/benchmark, which provides the engines and the package and removes them again.
var counts = new Option<int[]>("--count") { AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [100] };
var runs = new Option<int>("--runs") { DefaultValueFactory = _ => 3 };
var store = new Option<string>("--store") { Required = true };
var ours = new Option<string>("--engine") { Required = true };
var bake = new Option<string>("--engine-of-bake") { Required = true };
var feed = new Option<string>("--feed") { Required = true };
var version = new Option<string>("--version-of-package") { Required = true };
var rest = new Option<bool>("--rest");
var floor = new Option<bool>("--floor");
var work = new Option<string>("--work") { Required = true };
var root = new Command("benchmark") { counts, runs, store, ours, bake, feed, version, rest, floor, work };
root.SetAction(async (parse, cancellationToken) =>
{
    var places = new Places(parse.GetValue(work)!, parse.GetValue(feed)!, parse.GetValue(version)!, parse.GetValue(ours)!, parse.GetValue(bake)!, parse.GetValue(rest));
    var isSound = true;
    foreach (var count in parse.GetValue(counts)!)
    {
        isSound &= await new Benchmark(places, parse.GetValue(store)!, count, parse.GetValue(runs), parse.GetValue(floor)).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    return isSound ? 0 : 1;
});
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
