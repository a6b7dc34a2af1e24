using System.Collections.Concurrent;
using System.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Oracle.Tests.Judging;

namespace Orchestrator.Oracle.Tests.Runs;

/// <summary>Scenario after scenario, some at the same time, until enough changes were judged.</summary>
internal sealed class OracleRun(Bench bench, OracleOptions options, Action<string> log)
{
    private readonly ConcurrentQueue<string> _findings = new();

    public Tally Tally { get; } = new();

    public IReadOnlyCollection<string> Findings => _findings;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var next = options.FirstGraph - 1;
        await Task.WhenAll(Enumerable.Range(0, options.Parallel).Select(_ => Task.Run(WorkAsync, cancellationToken)));
        log($"{Tally.Mutations} changes in {watch.Elapsed.TotalSeconds:0} s, seed {options.Seed}, {_findings.Count} false hits");

        async Task WorkAsync()
        {
            while (Tally.Mutations < options.Mutations && watch.Elapsed < options.Limit)
            {
                var graph = Interlocked.Increment(ref next);
                await using var run = new ScenarioRun(bench, options, graph, Tally, Found, log);
                try
                {
                    await run.RunAsync(cancellationToken);
                }
                catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or DockerApiException)
                {
                    // An engine under load loses a build now and then; what was judged so far counts.
                    Tally.CountAbandoned();
                    log($"scenario {graph} is given up: {exception.Message}");
                }

                log($"scenario {graph}: {Tally.Mutations} changes in {watch.Elapsed.TotalSeconds:0} s");
            }
        }
    }

    private void Found(string finding)
    {
        _findings.Enqueue(finding);
        log(finding);
    }
}
