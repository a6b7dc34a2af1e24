namespace Orchestrator.Testing;

/// <summary>How tests are run.</summary>
internal sealed record TestOptions
{
    /// <summary>Containers that may run at the same time. Default: the machine's cores, at least 2.</summary>
    public required int Parallel { get; init; }

    /// <summary>Run also what was passed before.</summary>
    public bool NoCache { get; init; }
}
