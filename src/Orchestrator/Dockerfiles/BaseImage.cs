namespace Orchestrator.Dockerfiles;

/// <summary>What the configuration of a base image contributes to an evaluation.</summary>
/// <param name="Environment">The variables whose values are known.</param>
/// <param name="Triggers">The texts of ONBUILD.</param>
internal sealed record BaseImage(IReadOnlyDictionary<string, string> Environment, IReadOnlyList<string> Triggers)
{
    /// <summary>What has no configuration, such as a directory.</summary>
    public static BaseImage Empty { get; } = new(new Dictionary<string, string>(), []);

    /// <summary>False when there may be more variables than those that are known.</summary>
    public bool IsComplete { get; init; } = true;
}
