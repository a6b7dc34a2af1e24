namespace Orchestrator.Tasks;

/// <summary>Plans: the graph's images in dependency order, with key, bases, what would be done and why. Builds nothing.</summary>
public sealed class OrchestratorResolveGraph : OrchestratorTask
{
    /// <summary>Plan as if nothing could be reused.</summary>
    public bool NoCache { get; set; }

    /// <summary>Plan as if external references had to be fetched anew.</summary>
    public bool Pull { get; set; }

    internal override ToolArguments Arguments() =>
        Command("plan").AddFlag("--no-cache", NoCache).AddFlag("--pull", Pull).AddImages(Images);
}
