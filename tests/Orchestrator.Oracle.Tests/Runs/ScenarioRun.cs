using Orchestrator.Keys;
using Orchestrator.Oracle.Tests.Generation;
using Orchestrator.Oracle.Tests.Judging;
using Orchestrator.Oracle.Tests.Mutations;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Runs;

/// <summary>One scenario: built, changed, built again and compared, a chain of times.</summary>
internal sealed class ScenarioRun : IAsyncDisposable
{
    private const int Attempts = 6;

    private readonly Bench _bench;
    private readonly OracleOptions _options;
    private readonly int _graph;
    private readonly Tally _tally;
    private readonly Action<string> _found;
    private readonly Action<string> _log;
    private readonly Chance _chance;
    private readonly IJudge _judge;
    private Scenario _scenario = null!;
    private WorkingTree _tree = null!;
    private Product _product = null!;

    public ScenarioRun(Bench bench, OracleOptions options, int graph, Tally tally, Action<string> found, Action<string> log)
    {
        (_bench, _options, _graph, _tally, _found, _log) = (bench, options, graph, tally, found, log);
        _chance = new Chance(unchecked((options.Seed * 1_000_003) + graph));
        _judge = options.BuildxEvery > 0 && graph % options.BuildxEvery == options.BuildxEvery - 1 ? bench.Buildx : bench.Client;
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var state = await BeginAsync(cancellationToken);
        for (var step = 0; step < _options.Chain; step++)
        {
            state = await StepAsync(state, step, cancellationToken);
        }

        if (_options.ActionsEvery > 0 && _graph % _options.ActionsEvery == 0 && state.IsWhole)
        {
            await new ActionRun(_bench, _product, _tree, _scenario, _chance, _tally, finding => _found($"{finding}\n\nreplay: `build/oracle {Replay}`\n")).RunAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_tree is not null)
        {
            _tree.Dispose();
            _product.Dispose();
            await CleanAsync();
        }
    }

    private string Replay => $"--seed {_options.Seed} --graph {_graph} --mutations 1 --chain {_options.Chain}";

    /// <summary>A scenario of which everything can be built, if one of a few does; a failing image has no result to compare.</summary>
    private async Task<State> BeginAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            _scenario = ScenarioGenerator.Create($"o{_options.Seed}-{_graph}", _chance, _bench.CanExclude);
            _tree?.Dispose();
            _product?.Dispose();
            _tree = new WorkingTree(_scenario);
            _product = new Product(_bench.Host, _tree.Root);
            var state = await LookAsync(cancellationToken);
            if (attempt == Attempts || state.IsWhole)
            {
                return state;
            }
        }
    }

    private async Task<State> LookAsync(CancellationToken cancellationToken)
    {
        await _judge.BuildOutsideAsync(_scenario, cancellationToken);
        var results = new Dictionary<string, Verdict>(StringComparer.Ordinal);
        foreach (var image in _scenario.Images)
        {
            // Without the base of this time, one of before would be taken.
            var isJudged = results.All(result => result.Value.IsBuilt || !Mentions(image, result.Key));
            results[image.Name] = isJudged ? await _judge.BuildAsync(_tree.Root, image, cancellationToken) : Verdict.None;
        }

        return new State(_scenario, results, await _product.PlanAsync(cancellationToken));
    }

    private static bool Mentions(ImageModel image, string name) => image.DockerfileText.Contains(name, StringComparison.Ordinal) || image.NamedContexts.Values.Any(value => value.EndsWith(name, StringComparison.Ordinal));

    private async Task<State> StepAsync(State before, int step, CancellationToken cancellationToken)
    {
        var (kind, mutant) = Choose(before.Scenario);
        _tally.CountMutation(kind);
        Move(mutant.Scenario);
        var after = await LookAsync(cancellationToken);
        var suspects = before.Scenario.Images.Select(image => image.Name).Where(name => Compare(kind, name, before, after)).ToList();
        if (suspects.Count > 0 && await IsStableAsync(before, after, cancellationToken))
        {
            foreach (var name in suspects)
            {
                _tally.Count(kind, row => row with { FalseHits = row.FalseHits + 1 });
                _found(new Finding($"{Replay} (change {step})", kind, name, mutant, before.Scenario, before.Results[name], after.Results[name]).ToString());
            }
        }

        if (_options.ShowsMisses)
        {
            await ShowMissesAsync($"{kind}: {mutant.What}", before, after, cancellationToken);
        }

        if (after.IsWhole)
        {
            return after;
        }

        // What cannot be built has nothing to compare with: back to what could.
        Move(before.Scenario);
        await LookAsync(cancellationToken);
        return before;
    }

    private (string Kind, Mutant Mutant) Choose(Scenario scenario)
    {
        while (true)
        {
            var mutation = _chance.Of(MutationTable.All);
            if (mutation.Apply(scenario, _chance) is { } mutant)
            {
                return (mutation.Name, mutant);
            }
        }
    }

    private void Move(Scenario scenario)
    {
        _scenario = scenario;
        _tree.MoveTo(scenario);
    }

    /// <returns>Whether it looks like a false hit.</returns>
    private bool Compare(string kind, string name, State before, State after)
    {
        var (old, now) = (before.Results[name], after.Results[name]);
        var (oldKey, key) = (before.Plan.Key(name), after.Plan.Key(name));
        if (!old.IsBuilt || now == Verdict.None || oldKey is null)
        {
            return false;
        }

        var differs = old.Content != now.Content;
        _tally.Count(kind, row => row with
        {
            Images = row.Images + 1,
            ResultDiffers = row.ResultDiffers + (differs ? 1 : 0),
            KeyDiffers = row.KeyDiffers + (oldKey != key ? 1 : 0),
            FalseMisses = row.FalseMisses + (!differs && key is not null && oldKey != key ? 1 : 0),
            NotBuilt = row.NotBuilt + (now.IsBuilt ? 0 : 1),
            Refused = row.Refused + (now.IsBuilt && key is null ? 1 : 0),
        });
        if (now.IsBuilt && key is null && after.Plan.Refusal is { } refusal)
        {
            _tally.CountRefusal(refusal.Replace(_tree.Root, "", StringComparison.Ordinal).Split('\n')[0]);
        }

        return differs && oldKey == key;
    }

    /// <summary>Whether BuildKit, asked again, says the same of both states: its cache may have lost a step in between.</summary>
    private async Task<bool> IsStableAsync(State before, State after, CancellationToken cancellationToken)
    {
        Move(before.Scenario);
        var again = await LookAsync(cancellationToken);
        Move(after.Scenario);
        var then = await LookAsync(cancellationToken);
        return Same(before, again) && Same(after, then);
    }

    private async Task ShowMissesAsync(string change, State before, State after, CancellationToken cancellationToken)
    {
        var missed = before.Results.Keys.Where(name => after.Results[name].IsBuilt && before.Results[name].Content == after.Results[name].Content
            && before.Plan.Key(name) is { } old && after.Plan.Key(name) is { } key && old != key).ToList();
        if (missed.Count == 0)
        {
            return;
        }

        Move(before.Scenario);
        var earlier = await PlannedKeys.FindAsync(_product.Environment, cancellationToken);
        Move(after.Scenario);
        var now = await PlannedKeys.FindAsync(_product.Environment, cancellationToken);
        foreach (var name in missed.Where(name => earlier.ContainsKey(name) && now.ContainsKey(name)))
        {
            var differences = KeyDifference.Between(KeyExplanation.Of(earlier[name]), KeyExplanation.Of(now[name]));
            _log($"miss: {name}: {change}: {string.Join("; ", differences.Take(4))}");
        }
    }

    private static bool Same(State one, State other) => one.Results.All(result => result.Value.Content == other.Results[result.Key].Content);

    private async Task CleanAsync()
    {
        foreach (var row in await _bench.Engine.ListImagesAsync([], CancellationToken.None))
        {
            foreach (var name in row.RepoTags.Where(name => name.Contains(_scenario.Name + "-", StringComparison.Ordinal) || name.Contains($"/{_scenario.Name}/", StringComparison.Ordinal) || name.Contains($"/{_scenario.Name}:", StringComparison.Ordinal)))
            {
                await _bench.Engine.RemoveImageAsync(name, force: true, noPrune: false, CancellationToken.None);
            }
        }
    }

    private sealed record State(Scenario Scenario, IReadOnlyDictionary<string, Verdict> Results, PlanReport Plan)
    {
        /// <summary>Everything can be built and has a key.</summary>
        public bool IsWhole => Plan.Refusal is null && Results.Values.All(result => result.IsBuilt);
    }
}
