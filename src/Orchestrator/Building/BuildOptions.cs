namespace Orchestrator.Building;

/// <summary>How a plan is carried out.</summary>
internal sealed record BuildOptions
{
    /// <summary>The present build of an image and the one before it.</summary>
    public const int UsualKeep = 2;

    /// <summary>Images whose steps may run at the same time. Default: the machine's cores, at least 4.</summary>
    public required int Parallel { get; init; }

    /// <summary>Stop everything at the first failure, instead of only what depends on it.</summary>
    public bool FailFast { get; init; }

    /// <summary>Key tags of an image that are kept, the newest ones; at least 1. Default: 2.</summary>
    public int Keep { get; init; } = UsualKeep;

    /// <summary>Proxy settings of Docker's configuration, given to each build outside its key.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Proxies { get; init; } = [];

    /// <summary>The first number of the engine's version. Default: 0, nobody knows.</summary>
    public int EngineMajor { get; init; }

    /// <summary>The environment in which secrets and the ssh agent are found.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Tells this machine and user apart for the daemon's copies of contexts.</summary>
    public required string MachineId { get; init; }
}
