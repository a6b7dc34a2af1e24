using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>Everything that one target of a Dockerfile takes in.</summary>
internal sealed record StageClosure
{
    public required Stage Target { get; init; }

    /// <summary>The stages that the target needs, itself included, in the order of the file; without those that a named context replaces.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    /// <summary>The same stages, and those that a named context replaces, with their references resolved; of several platforms, as each resolves them.</summary>
    public required IReadOnlyList<LinkedStage> Links { get; init; }

    /// <summary>What the target contributes to images that are built from it.</summary>
    public required BaseImage Image { get; init; }

    /// <summary>The names that LABEL sets in the target and in the stages that it starts from.</summary>
    public required IReadOnlySet<string> Labels { get; init; }

    /// <summary>Those of <see cref="Idle"/> stages too, which the builder has to find.</summary>
    public required IReadOnlyList<ImageUse> ExternalImages { get; init; }

    public required IReadOnlyList<ContextUse> ContextUses { get; init; }

    /// <summary>What every build looks for in the main context, as written.</summary>
    public IEnumerable<Located<string>> CertainSources => ContextUses.Where(use => use is { From: null, IsCertain: true }).SelectMany(use => use.Sources);

    public required IReadOnlyList<RemoteUse> RemoteUses { get; init; }

    public required IReadOnlyList<DeclaredArgument> Arguments { get; init; }

    /// <summary>All RUN --mounts, for the ids of secrets and SSH sockets.</summary>
    public required IReadOnlyList<Mount> Mounts { get; init; }

    /// <summary>The triggers of base images that run in these stages, as instructions; those of stages are in the stages.</summary>
    public required IReadOnlyList<Instruction> BaseTriggers { get; init; }

    /// <summary>An expansion took part whose result needs the environment of a base image that is not in <see cref="DockerfileInputs.Bases"/>.</summary>
    public required bool NeedsBaseEnvironment { get; init; }

    /// <summary>What the builder asks for besides, for stages that it only looks at.</summary>
    public IdleUses Idle { get; init; } = IdleUses.None;

    /// <summary>What the same target takes in for any of several platforms. What only one build can have, such as its image, is that of the first.</summary>
    /// <param name="closures">At least one, each of another platform.</param>
    public static StageClosure Union(IReadOnlyList<StageClosure> closures) => closures is [var single] ? single : closures[0] with
    {
        Stages = [.. closures.SelectMany(closure => closure.Stages).DistinctBy(stage => stage.Index).OrderBy(stage => stage.Index)],
        Links = [.. closures.SelectMany(closure => closure.Links)],
        Labels = closures.SelectMany(closure => closure.Labels).ToHashSet(StringComparer.Ordinal),
        ExternalImages = [.. closures.SelectMany(closure => closure.ExternalImages).Distinct()],
        ContextUses = [.. closures.SelectMany(closure => closure.ContextUses)],
        RemoteUses = [.. closures.SelectMany(closure => closure.RemoteUses).Distinct()],
        Arguments = [.. closures.SelectMany(closure => closure.Arguments).Distinct()],
        Mounts = [.. closures.SelectMany(closure => closure.Mounts)],
        BaseTriggers = [.. closures.SelectMany(closure => closure.BaseTriggers)],
        NeedsBaseEnvironment = closures.Any(closure => closure.NeedsBaseEnvironment),
        Idle = IdleUses.Union([.. closures.Select(closure => closure.Idle)]),
    };
}
