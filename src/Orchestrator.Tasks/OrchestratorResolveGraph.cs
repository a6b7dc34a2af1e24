using Microsoft.Build.Framework;

namespace Orchestrator.Tasks;

/// <summary>Plans: the graph's images in dependency order, with key, bases, what would be done and why. Builds nothing.</summary>
[MSBuildMultiThreadableTask]
public sealed class OrchestratorResolveGraph : OrchestratorTask
{
    /// <summary>Plan as if nothing could be reused.</summary>
    public bool NoCache { get; set; }

    /// <summary>Plan as if external references had to be fetched anew.</summary>
    public bool Pull { get; set; }

    /// <summary>Where the images have to be in the end, <c>engine</c> or <c>registry</c>; on the engine when empty.</summary>
    public string? BuildOutput { get; set; }

    /// <summary>The version that the images are published as; the tool asks git when empty.</summary>
    public string? Version { get; set; }

    /// <summary>The commit that they are published as; the tool asks git when empty.</summary>
    public string? Commit { get; set; }

    /// <summary>The branch that they are published as; the tool asks git and the CI system when empty.</summary>
    public string? Branch { get; set; }

    internal override ToolArguments Arguments() =>
        PlanningCommand("plan").AddFlag("--no-cache", NoCache).AddFlag("--pull", Pull).AddOption("--output", BuildOutput)
            .AddOption("--version", Version).AddOption("--commit", Commit).AddOption("--branch", Branch).AddImages(Images);
}
