namespace Orchestrator.Oracle.Tests.Runs;

/// <summary>How long and from where.</summary>
internal sealed record OracleOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>Changes to be judged at least.</summary>
    public int Mutations { get; init; } = 200;

    /// <summary>The first scenario; a replay names its one.</summary>
    public int FirstGraph { get; init; }

    /// <summary>Changes made to one scenario, one on top of the other.</summary>
    public int Chain { get; init; } = 14;

    public int Parallel { get; init; } = 2;

    /// <summary>Every how many scenarios Docker's own command is the judge; 0: never.</summary>
    public int BuildxEvery { get; init; } = 6;

    /// <summary>Every how many scenarios actions are judged as well, with real builds of ours; 0: never.</summary>
    public int ActionsEvery { get; init; } = 5;

    /// <summary>Tells of each false miss what the key was changed by.</summary>
    public bool ShowsMisses { get; init; }

    /// <summary>Ends the run when it is over, whatever is left.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromHours(24);
}
