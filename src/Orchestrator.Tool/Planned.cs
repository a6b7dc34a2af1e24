using Orchestrator.Contexts;
using Orchestrator.Graph;
using Orchestrator.Keys;
using Orchestrator.Planning;

namespace Orchestrator.Tool;

/// <summary>A graph that was planned against an engine, with what it was planned with.</summary>
internal sealed record Planned(Plan Plan, Planner Planner, ContextReader Contexts, IReadOnlyDictionary<ImageReference, ExternalImage> Externals, ExplanationStore Explanations)
{
    /// <summary>A line for each image that only containers need: where it is, who runs it.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Images from outside that something will be built on, and that are not here yet.</summary>
    public HashSet<ImageReference> Missing() => Plan.Images.Where(image => image.Action == PlanAction.Build).SelectMany(image => image.Image.Externals)
        .Where(use => Externals[use.Source].For(use) is { IsHere: false, Failure: null }).Select(use => use.Source).ToHashSet();
}
