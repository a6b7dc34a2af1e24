using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>Tells which platforms, other than the engine's own, a step may have run for; the daemon does not say it of every step.</summary>
internal static class StepPlatform
{
    /// <param name="image">That was being built.</param>
    /// <param name="place">Of the step, in the Dockerfile.</param>
    /// <returns>Null when it can only have run for the engine's own.</returns>
    public static string? Of(ResolvedImage image, SourceSpan place)
    {
        // An inline Dockerfile has one place for all of its steps.
        var stage = image.Node.Build.DockerfileInline is null ? image.Document.Stages.LastOrDefault(stage => stage.From.Span.Line <= place.Line)?.Index : null;
        var platforms = image.Evaluations
            .SelectMany(evaluation => evaluation.Closure.Links.Where(link => stage is null || link.Stage.Index == stage).Select(link => Of(link, evaluation, image.BuildPlatform)))
            .Where(platform => platform != image.BuildPlatform).Distinct(StringComparer.Ordinal).ToList();
        return platforms.Count == 0 ? null : string.Join(" or ", platforms);
    }

    /// <summary>A stage that starts from a stage is for what that one is for.</summary>
    private static string Of(LinkedStage link, PlatformClosure evaluation, string builder) =>
        link.Platform is { } own && PlatformName.Parse(own, builder) is { } platform ? platform
        : evaluation.Closure.Links.FirstOrDefault(other => other.Stage.Index == link.BaseStage) is { } parent ? Of(parent, evaluation, builder)
        : evaluation.Platform;
}
