using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>What a build adds to a Dockerfile.</summary>
/// <param name="BuildArguments">As given, whether declared or not.</param>
/// <param name="TargetPlatform">Such as <c>linux/amd64</c>.</param>
/// <param name="BuildPlatform">The platform of the engine.</param>
/// <param name="Target">The name of a stage in any case; null or empty is the last one.</param>
internal sealed record DockerfileInputs(IReadOnlyDictionary<string, string> BuildArguments, string TargetPlatform, string BuildPlatform, string? Target)
{
    /// <summary>Where the target is written. Default: nowhere, and what is wrong with it is told of the Dockerfile.</summary>
    public SourceSpan? TargetPlace { get; init; }

    /// <summary>A stage of such a name is not built: the context takes its place, and what the stage needs is not needed.</summary>
    public IReadOnlySet<string> NamedContexts { get; init; } = new HashSet<string>();

    /// <summary>
    /// What is known of base images, by the reference as <see cref="ImageUse.Reference"/> has it. Resolving without tells which images to look up,
    /// resolving again with them tells what their environment and triggers change.
    /// </summary>
    public IReadOnlyDictionary<string, BaseImage> Bases { get; init; } = new Dictionary<string, BaseImage>();

    /// <summary>The name in <see cref="Bases"/> of an image that one stage takes for a platform of its own.</summary>
    public static string BaseName(string reference, string? platform) => platform is null ? reference : $"{reference} on {platform}";

    /// <summary>What is known of the image that a stage starts from; null when nothing is.</summary>
    public BaseImage? Base(string reference, string? platform) => Bases.GetValueOrDefault(BaseName(reference, platform)) ?? Bases.GetValueOrDefault(reference);
}
