namespace Orchestrator.Tasks;

/// <summary>Reports everything that is wrong with the graph, its Dockerfiles and its contexts. Needs no engine and builds nothing.</summary>
public sealed class OrchestratorCheckGraph : OrchestratorTask
{
    internal override ToolArguments Arguments() => Command("check").AddImages(Images);
}
