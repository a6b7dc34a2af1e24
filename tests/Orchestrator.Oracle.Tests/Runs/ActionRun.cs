using Orchestrator.Oracle.Tests.Generation;
using Orchestrator.Oracle.Tests.Judging;
using Orchestrator.Oracle.Tests.Mutations;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Runs;

/// <summary>
/// Changes that no key can show, because they happen on the engine: judged by the plan's action. After each, a build has to lead back to
/// "up to date" with every name at the image that carries the planned key.
/// </summary>
internal sealed class ActionRun(Bench bench, Product product, WorkingTree tree, Scenario scenario, Chance chance, Tally tally, Action<string> found)
{
    private const string KeyLabel = "orchestrator.key";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!await SettleAsync("first build", cancellationToken))
        {
            return;
        }

        foreach (var (kind, expected, act) in Changes())
        {
            var plan = await product.PlanAsync(cancellationToken);
            var image = chance.Of(scenario.Images);
            tally.CountMutation(kind);
            await act(image, plan.Images[image.Name], cancellationToken);
            var after = (await product.PlanAsync(cancellationToken)).Images[image.Name];
            var isHarmless = expected == "up-to-date";
            tally.Count(kind, row => row with { Images = row.Images + 1, KeyDiffers = row.KeyDiffers + (after.Action == "up-to-date" ? 0 : 1), FalseMisses = row.FalseMisses + (isHarmless && after.Action != expected ? 1 : 0) });
            if (!isHarmless && after.Action != expected)
            {
                tally.Count(kind, row => row with { FalseHits = row.FalseHits + 1 });
                found($"## {kind}: {image.Name}\n\nexpected {expected}, the plan says {after.Action}: {after.Reason}");
            }

            if (!await SettleAsync(kind, cancellationToken))
            {
                return;
            }
        }
    }

    private IEnumerable<(string Kind, string Expected, Func<ImageModel, Planned, CancellationToken, Task> Act)> Changes()
    {
        yield return ("action: docker rmi of the name", "retag", (image, _, token) => RemoveAsync(image.Name, token));
        yield return ("action: docker rmi of everything", "build", RemoveAllAsync);
        yield return ("action: docker rmi of the key tag", "build", (_, planned, token) => RemoveAsync(KeyTag(planned), token));
        yield return ("action: another image under the name", "retag", (image, _, token) => bench.Engine.TagImageAsync(ScenarioGenerator.Shell, image.Name, "latest", token));
        yield return ("action: foreign build on ours, same name", "retag", (image, _, token) => ForeignAsync(image.Name, image.Name, token));
        yield return ("action: foreign image as key tag", "build", (_, planned, token) => bench.Engine.TagImageAsync(ScenarioGenerator.Shell, Repository(planned), "key-" + planned.Key, token));
        foreach (var (kind, mutate) in new (string, Func<Scenario, Chance, Mutant?>)[] { ("action: mtime only", FileMutations.TimeOnly), ("action: comment", LayoutMutations.Comment), ("action: unrelated file", FileMutations.Unrelated) })
        {
            yield return (kind, "up-to-date", (_, _, _) => Change(mutate));
        }
    }

    /// <summary>Builds; then everything has to be up to date, and each name has to name the image that carries the key.</summary>
    private async Task<bool> SettleAsync(string kind, CancellationToken cancellationToken)
    {
        var (code, text) = await product.BuildAsync(cancellationToken);
        var plan = await product.PlanAsync(cancellationToken);
        if (code != 0 || plan.Images.Values.Any(image => image.Action != "up-to-date"))
        {
            found($"## after {kind}\n\nbuild ended with {code}; then the plan says {string.Join(", ", plan.Images.Values.Select(image => $"{image.Name}: {image.Action} ({image.Reason})"))}\n\n```\n{text}{plan.Refusal}```\n\n{Dockerfiles(plan)}");
            return false;
        }

        foreach (var image in plan.Images.Values)
        {
            var details = await bench.Engine.InspectImageAsync(image.Name, cancellationToken);
            if (details?.Labels.GetValueOrDefault(KeyLabel) != image.Key)
            {
                found($"## after {kind}: {image.Name}\n\nup to date, but its name is at an image with the key {details?.Labels.GetValueOrDefault(KeyLabel) ?? "(none)"} instead of {image.Key}");
            }
        }

        return true;
    }

    private async Task RemoveAllAsync(ImageModel image, Planned planned, CancellationToken cancellationToken)
    {
        await RemoveAsync(KeyTag(planned), cancellationToken);
        await RemoveAsync(image.Name, cancellationToken);
    }

    /// <summary>Of the images that are not up to date.</summary>
    private string Dockerfiles(PlanReport plan) => string.Concat(scenario.Images.Where(image => plan.Images.GetValueOrDefault(image.Name)?.Action != "up-to-date").Select(image => $"```Dockerfile\n{image.DockerfileText}```\n\n"));

    private Task Change(Func<Scenario, Chance, Mutant?> mutate)
    {
        scenario = mutate(scenario, chance)?.Scenario ?? scenario;
        tree.MoveTo(scenario);
        return Task.CompletedTask;
    }

    private Task RemoveAsync(string reference, CancellationToken cancellationToken) => bench.Engine.RemoveImageAsync(reference, force: true, noPrune: false, cancellationToken);

    private async Task ForeignAsync(string from, string name, CancellationToken cancellationToken)
    {
        var foreign = new Scenario(scenario.Name + "-foreign", Scenario.NoFiles, [], [$"FROM {from}", $"RUN echo {chance.Word()} > /foreign"]);
        await bench.Client.BuildOutsideAsync(foreign, cancellationToken);
        await bench.Engine.TagImageAsync(foreign.ExternalName, name, "latest", cancellationToken);
    }

    private string Repository(Planned planned) => $"orchestrator.invalid/{scenario.Name}/{planned.Name}";

    private string KeyTag(Planned planned) => $"{Repository(planned)}:key-{planned.Key}";
}
