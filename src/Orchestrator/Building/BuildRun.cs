using System.Collections.Concurrent;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// Carries out a plan. One loop decides: it starts what is ready, longest path first, as many as allowed, waits for any to end, and frees or
/// blocks what depends on it. Workers only execute and report.
/// </summary>
internal sealed class BuildRun(Plan plan, ImageWorker worker, IBuildReporter reporter, BuildOptions options, TimeProvider time)
{
    /// <summary>Written by the loop, read by workers.</summary>
    private readonly ConcurrentDictionary<string, PlannedImage> _planned = new(plan.Images.Select(image => KeyValuePair.Create(image.Name, image)), StringComparer.Ordinal);
    private readonly Dictionary<string, int> _waitingFor = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _dependants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImageResult> _results = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, (int Path, int Order)> _ready = new();

    /// <returns>A result for each image, in dependency order.</returns>
    public async Task<IReadOnlyList<ImageResult>> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Prepare();
        var running = new List<(Task<ImageResult> Image, Task Steps)>();
        while (running.Count > 0 || _ready.Count > 0)
        {
            while (HasPlace(running) && _ready.TryDequeue(out var name, out _))
            {
                var run = new ImageRun(time);
                running.Add((Task.Run(() => worker.RunAsync(_planned[name], _planned, run, stop.Token), CancellationToken.None), run.Steps));
            }

            await Task.WhenAny(running.Select(run => run.Steps.IsCompleted ? run.Image : run.Steps)).ConfigureAwait(false);
            foreach (var ended in running.Where(run => run.Image.IsCompleted).ToList())
            {
                running.Remove(ended);
                var result = await ended.Image.ConfigureAwait(false);
                Settle(result);
                if (options.FailFast && result.Outcome == BuildOutcome.Failed)
                {
                    await stop.CancelAsync().ConfigureAwait(false);
                }
            }
        }

        return [.. plan.Images.Select(image => _results[image.Name])];
    }

    /// <summary>Images whose steps are done do not count, up to as many again.</summary>
    private bool HasPlace(List<(Task<ImageResult> Image, Task Steps)> running) =>
        running.Count(run => !run.Steps.IsCompleted) < options.Parallel && running.Count < 2 * options.Parallel;

    private void Prepare()
    {
        var order = 0;
        var paths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var image in plan.Images.Reverse())
        {
            paths[image.Name] = 1 + _dependants.GetValueOrDefault(image.Name, []).Select(name => paths[name]).DefaultIfEmpty(0).Max();
            foreach (var target in image.Image.Needs)
            {
                if (!_dependants.TryGetValue(target, out var list))
                {
                    _dependants.Add(target, list = []);
                }

                list.Add(image.Name);
            }
        }

        foreach (var image in plan.Images)
        {
            _waitingFor[image.Name] = image.Image.Needs.Count;
        }

        foreach (var image in plan.Images.Where(image => _waitingFor[image.Name] == 0))
        {
            _ready.Enqueue(image.Name, (-paths[image.Name], order++));
        }

        _enqueue = name => _ready.Enqueue(name, (-paths[name], order++));
    }

    /// <summary>What was planned to be there already, on a base that then had to be built after all (its pull failed), is built on that.</summary>
    private void Follow(string dependant, ImageResult result)
    {
        var planned = _planned[dependant];
        if (result.Outcome == BuildOutcome.Built && planned.Action is PlanAction.UpToDate or PlanAction.Retag or PlanAction.Pull && planned.Image.Bases.Contains(result.Planned.Name))
        {
            _planned[dependant] = planned with { Action = PlanAction.Build, Reason = $"base `{result.Planned.Image.Node.DisplayName}` was built", Remembered = null, ImageId = null };
        }
    }

    private Action<string> _enqueue = _ => { };

    /// <summary>Prerequisite: the image's bases are settled. Afterwards its dependants are ready, still waiting, or blocked.</summary>
    private void Settle(ImageResult result)
    {
        _results.Add(result.Planned.Name, result);
        _planned[result.Planned.Name] = result.Planned;
        reporter.Finished(result);
        foreach (var dependant in _dependants.GetValueOrDefault(result.Planned.Name, []))
        {
            if (result.IsSuccess)
            {
                Follow(dependant, result);
                if (--_waitingFor[dependant] == 0 && !_results.ContainsKey(dependant))
                {
                    _enqueue(dependant);
                }
            }
            else if (!_results.ContainsKey(dependant))
            {
                var outcome = result.Outcome == BuildOutcome.Cancelled ? BuildOutcome.Cancelled : BuildOutcome.Blocked;
                var reason = $"`{result.Planned.Image.Node.DisplayName}`, which it needs, was not built";
                Settle(new ImageResult(_planned[dependant] with { Action = PlanAction.Blocked, Reason = reason }, outcome, TimeSpan.Zero));
            }
        }
    }
}
