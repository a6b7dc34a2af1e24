using Microsoft.Build.Framework;

namespace Orchestrator.Tasks;

/// <summary>Pushes the graph's images as they are on the engine, and tags them in their registries. Builds nothing.</summary>
[MSBuildMultiThreadableTask]
public sealed class OrchestratorPushImages : OrchestratorTask
{
    /// <summary>Ask the registries and show what would happen; change nothing.</summary>
    public bool DryRun { get; set; }

    /// <summary>Run the tests of the images first, those not passed before, and push nothing when one fails.</summary>
    public bool RequireTests { get; set; }

    /// <summary>The file that the release manifest is written to, absolute; none when empty.</summary>
    public string? Manifest { get; set; }

    /// <summary>The version that the images are published as; the tool asks git when empty.</summary>
    public string? Version { get; set; }

    /// <summary>The commit that they are published as; the tool asks git when empty.</summary>
    public string? Commit { get; set; }

    /// <summary>The branch that they are published as; the tool asks git and the CI system when empty.</summary>
    public string? Branch { get; set; }

    internal override ToolArguments Arguments() =>
        PlanningCommand("push").AddFlag("--dry-run", DryRun).AddFlag("--require-tests", RequireTests).AddOption("--manifest", Manifest)
            .AddOption("--version", Version).AddOption("--commit", Commit).AddOption("--branch", Branch).AddImages(Images);
}
