using Orchestrator.Graph;
using Orchestrator.Locking;

namespace Orchestrator.Pinning;

/// <summary>What became of a reference in the lock.</summary>
/// <param name="Before">Null: it is new.</param>
/// <param name="After">Null: nothing uses it any more.</param>
/// <param name="Remark">What a person should know of it; empty mostly.</param>
internal sealed record LockChange(ImageReference Source, Pin? Before, Pin? After, string Remark = "")
{
    public override string ToString() => (Before, After) switch
    {
        (null, { } after) => $"locked {Source.Familiar} {after.Short}{Remark}",
        ({ } before, null) => $"dropped {Source.Familiar} {before.Short}, which nothing uses",
        var (before, after) => $"moved {Source.Familiar} {before!.Short} -> {after!.Short}{Remark}",
    };
}
