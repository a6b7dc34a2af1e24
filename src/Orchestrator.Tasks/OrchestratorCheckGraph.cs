using Microsoft.Build.Framework;

namespace Orchestrator.Tasks;

/// <summary>Reports everything that is wrong with the graph, its Dockerfiles and its contexts. Needs no engine and builds nothing.</summary>
[MSBuildMultiThreadableTask]
public sealed class OrchestratorCheckGraph : OrchestratorTask
{
    internal override ToolArguments Arguments() => Command("check").AddImages(Images);
}
