namespace Orchestrator.Pinning;

/// <summary>What became of a reference in the lock.</summary>
/// <param name="Source">The reference, as a person writes it.</param>
/// <param name="Before">What it stood for, shortened. Null: it is new.</param>
/// <param name="After">What it stands for, shortened. Null: nothing uses it any more.</param>
/// <param name="Remark">What a person should know of it; empty mostly.</param>
internal sealed record LockChange(string Source, string? Before, string? After, string Remark = "")
{
    public override string ToString() => (Before, After) switch
    {
        (null, { } after) => $"locked {Source} {after}{Remark}",
        ({ } before, null) => $"dropped {Source} {before}, which nothing in this graph uses",
        var (before, after) => $"moved {Source} {before} -> {after}{Remark}",
    };
}
