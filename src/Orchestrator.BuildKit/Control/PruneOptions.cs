namespace Orchestrator.BuildKit.Control;

/// <summary>Which records of the build cache to remove.</summary>
public sealed record PruneOptions
{
    /// <summary>BuildKit's filters, for instance <c>type==source.local</c>. Default: no restriction.</summary>
    public IReadOnlyList<string> Filters { get; init; } = [];

    /// <summary>Also internal and frontend records. Default: false.</summary>
    public bool All { get; init; }

    /// <summary>Records used within this time stay. Default: zero, age does not matter.</summary>
    public TimeSpan KeepDuration { get; init; }

    /// <summary>Bytes that may stay. Default: zero, everything goes that can.</summary>
    public long ReservedSpace { get; init; }
}
