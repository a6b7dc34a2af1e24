using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>
/// Which stages one target brings with it. Of a stage that a named context replaces nothing is built, but BuildKit looks at what it would have taken from, and at what
/// these take: it asks for their images and for their files.
/// </summary>
/// <param name="Needed">What the target is built from, in the order of the file.</param>
/// <param name="Idle">What is only looked at, in the order of the file.</param>
internal sealed record StageReach(IReadOnlyList<LinkedStage> Needed, IReadOnlyList<LinkedStage> Idle)
{
    /// <summary>Both, in the order of the file: each stage comes after the one that it starts from.</summary>
    public IReadOnlyList<LinkedStage> All => [.. Needed.Concat(Idle).OrderBy(stage => stage.Stage.Index)];

    /// <param name="stages">All stages of the file.</param>
    /// <param name="target">The one that is built.</param>
    /// <param name="diagnostics">Receives references to later stages, where BuildKit refuses them.</param>
    public static StageReach Find(IReadOnlyList<LinkedStage> stages, int target, DiagnosticBag diagnostics)
    {
        var needed = Follow(stages, [target], stage => stage.IsReplaced ? [] : Takes(stage));

        // Engines before 28 look at what a replaced stage starts from as well.
        var seen = Follow(stages, [target], Takes);

        // A circle by way of a replaced stage is left to BuildKit: more often than the reference, the name of the stage is the mistake.
        foreach (var stage in stages.Where(stage => !stage.IsReplaced))
        {
            diagnostics.AddRange(stage.LaterReferences.Where(reference => seen.Contains(stage.Stage.Index) || IsCircle(stages, stage, reference)).Select(reference => reference.Fault));
        }

        return new StageReach([.. stages.Where(stage => needed.Contains(stage.Stage.Index))], [.. stages.Where(stage => seen.Contains(stage.Stage.Index) && !needed.Contains(stage.Stage.Index))]);
    }

    private static bool IsCircle(IReadOnlyList<LinkedStage> stages, LinkedStage stage, LaterReference reference) =>
        !reference.IsTrigger && Follow(stages, [reference.Stage], other => other.Sources.Values).Contains(stage.Stage.Index);

    private static IEnumerable<int> Takes(LinkedStage stage) => stage.BaseStage is { } place ? stage.Sources.Values.Append(place) : stage.Sources.Values;

    private static HashSet<int> Follow(IReadOnlyList<LinkedStage> stages, IEnumerable<int> from, Func<LinkedStage, IEnumerable<int>> next)
    {
        var found = new HashSet<int>();
        var open = new Stack<int>(from);
        while (open.TryPop(out var index))
        {
            if (found.Add(index))
            {
                foreach (var taken in next(stages[index]))
                {
                    open.Push(taken);
                }
            }
        }

        return found;
    }
}
