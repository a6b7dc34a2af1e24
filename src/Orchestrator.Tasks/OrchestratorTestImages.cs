using Microsoft.Build.Framework;

namespace Orchestrator.Tasks;

/// <summary>Runs the tests of the graph's images in containers, after building what is not up to date.</summary>
[MSBuildMultiThreadableTask]
public sealed class OrchestratorTestImages : OrchestratorTask
{
    /// <summary>Test what is on the engine; an image that is not up to date is an error.</summary>
    public bool NoBuild { get; set; }

    /// <summary>Run also the tests that this build of an image has passed before.</summary>
    public bool NoCache { get; set; }

    /// <summary>How many superseded builds of an image are kept; the tool's default when empty.</summary>
    public string? Keep { get; set; }

    /// <summary>The file that the results are written to in the form of Visual Studio's tests, absolute; none when empty.</summary>
    public string? Trx { get; set; }

    /// <summary>The file that the results are written to in the form of JUnit, absolute; none when empty.</summary>
    public string? JUnit { get; set; }

    internal override ToolArguments Arguments() =>
        PlanningCommand("test")
            .AddFlag("--no-build", NoBuild)
            .AddFlag("--no-cache", NoCache)
            .AddOption("--keep", Keep)
            .AddOption("--trx", Trx)
            .AddOption("--junit", JUnit)
            .AddImages(Images);
}
