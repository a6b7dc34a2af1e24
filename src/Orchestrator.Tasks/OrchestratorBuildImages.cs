using System.Linq;
using Microsoft.Build.Framework;

namespace Orchestrator.Tasks;

/// <summary>Plans and builds the graph's images.</summary>
[MSBuildMultiThreadableTask]
public sealed class OrchestratorBuildImages : OrchestratorTask
{
    /// <summary>How many images are built at the same time; the tool's default when empty.</summary>
    public string? Parallel { get; set; }

    /// <summary>Build as if nothing could be reused.</summary>
    public bool NoCache { get; set; }

    /// <summary>Fetch external references anew.</summary>
    public bool Pull { get; set; }

    /// <summary>Where the images have to be in the end, <c>engine</c> or <c>registry</c>; on the engine when empty.</summary>
    public string? BuildOutput { get; set; }

    /// <summary>How many builds of an image are kept, the present one included; the tool's default when empty.</summary>
    public string? Keep { get; set; }

    /// <summary>The files that a report of the run is written to; none when empty. Items, since a folder may have a semicolon in its name.</summary>
    public ITaskItem[] Report { get; set; } = [];

    internal override ToolArguments Arguments() =>
        PlanningCommand("build")
            .AddOption("--parallel", Parallel)
            .AddFlag("--no-cache", NoCache)
            .AddFlag("--pull", Pull)
            .AddOption("--output", BuildOutput)
            .AddOption("--keep", Keep)
            .AddOptions("--report", Report.Select(file => file.GetMetadata("FullPath")))
            .AddImages(Images);
}
