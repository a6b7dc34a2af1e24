namespace Orchestrator.Tool.Projects;

/// <summary>Who publishes .NET projects before images are planned.</summary>
/// <param name="IsTold">MSBuild will: say what, and do nothing else when there is anything.</param>
/// <param name="Run">MSBuild has, under this name; null where it has not.</param>
internal sealed record ProjectStep(bool IsTold, string? Run)
{
    /// <summary>This process does.</summary>
    public static ProjectStep Publish { get; } = new(false, null);

    /// <param name="written">Behind <c>--projects</c>.</param>
    public static ProjectStep Of(string? written) => written switch { null => Publish, "tell" => new(true, null), _ => new(false, written) };
}
