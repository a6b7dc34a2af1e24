using System.CommandLine;
using Orchestrator.Oracle.Tests.Judging;
using Orchestrator.Oracle.Tests.Runs;

// The long run; build/oracle starts it on an engine of its own.
var defaults = new OracleOptions();
var host = new Option<string>("--host") { Description = "The engine: unix:///path.", Required = true };
var seed = new Option<int>("--seed") { DefaultValueFactory = _ => defaults.Seed };
var mutations = new Option<int>("--mutations") { DefaultValueFactory = _ => defaults.Mutations };
var graph = new Option<int>("--graph") { DefaultValueFactory = _ => 0 };
var chain = new Option<int>("--chain") { DefaultValueFactory = _ => defaults.Chain };
var parallel = new Option<int>("--parallel") { DefaultValueFactory = _ => defaults.Parallel };
var minutes = new Option<int>("--minutes") { DefaultValueFactory = _ => 24 * 60 };
var misses = new Option<bool>("--misses") { Description = "Says of each false miss what changed the key." };
var findings = new Option<string?>("--findings") { Description = "A file to which false hits are appended at once." };
var root = new RootCommand("Looks for false hits of the cache keys.") { host, seed, mutations, graph, chain, parallel, minutes, misses, findings };
root.SetAction(async (parse, cancellationToken) =>
{
    var options = defaults with
    {
        Seed = parse.GetValue(seed),
        Mutations = parse.GetValue(mutations),
        FirstGraph = parse.GetValue(graph),
        Chain = parse.GetValue(chain),
        Parallel = parse.GetResult(graph)?.Implicit == false ? 1 : parse.GetValue(parallel),
        ShowsMisses = parse.GetValue(misses),
        Limit = TimeSpan.FromMinutes(parse.GetValue(minutes)),
    };
    await using var bench = await Bench.OpenAsync(parse.GetValue(host)!, cancellationToken);
    var run = new OracleRun(bench, options, line =>
    {
        Console.WriteLine(line);
        if (parse.GetValue(findings) is { } file && line.StartsWith("##", StringComparison.Ordinal))
        {
            File.AppendAllText(file, line + "\n");
        }
    });
    await run.RunAsync(cancellationToken);
    Console.WriteLine(run.Tally);
    return run.Findings.Count == 0 ? 0 : 1;
});
return await root.Parse(args).InvokeAsync();
