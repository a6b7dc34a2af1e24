namespace Orchestrator.Dockerfiles;

/// <summary>What BuildKit asks for and takes nothing of: see <see cref="StageReach"/>. No part of a key; the images are among those of the target.</summary>
internal sealed record IdleUses(IReadOnlyList<ContextUse> ContextUses, IReadOnlyList<RemoteUse> RemoteUses, IReadOnlyList<Mount> Mounts)
{
    public static IdleUses None { get; } = new([], [], []);

    public static IdleUses Union(IReadOnlyList<IdleUses> uses) =>
        new([.. uses.SelectMany(use => use.ContextUses)], [.. uses.SelectMany(use => use.RemoteUses)], [.. uses.SelectMany(use => use.Mounts)]);
}
