using Microsoft.Build.Framework;

namespace Orchestrator.Tasks;

/// <summary>Removes the graph's images from the engine; only ever asked for by name.</summary>
[MSBuildMultiThreadableTask]
public sealed class OrchestratorCleanImages : OrchestratorTask
{
    internal override ToolArguments Arguments() => EngineCommand("clean").AddImages(Images);
}
