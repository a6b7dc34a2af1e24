using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Locking;

namespace Orchestrator.Pinning;

/// <summary>Brings the pins of files and repositories of the network up to date, as <see cref="LockUpdate"/> does those of images.</summary>
/// <param name="resolve">Finds out what a source stands for.</param>
internal sealed class RemoteUpdate(Func<RemoteAddress, CancellationToken, Task<RemoteAnswer>> resolve, DiagnosticBag diagnostics)
{
    /// <summary>Keep pins that nothing uses. Default: false.</summary>
    public bool KeepsUnused { get; init; }

    /// <param name="locked">As it is.</param>
    /// <param name="uses">What the graph fetches now, each source once.</param>
    /// <param name="isUpdated">Whether a source that is pinned is to be asked for again.</param>
    /// <param name="cancellationToken">Ends it; nothing is written here.</param>
    /// <returns>All pins, and what is different.</returns>
    public async Task<(IReadOnlyList<RemotePin> Pins, IReadOnlyList<LockChange> Changes)> RunAsync(
        LockFile locked, IReadOnlyList<RemoteUse> uses, Func<RemoteSource, bool> isUpdated, CancellationToken cancellationToken)
    {
        var pins = new List<RemotePin>();
        var changes = new List<LockChange>();
        var asked = await Task.WhenAll(uses.Select(use =>
            locked.Find(use.Source) is null || isUpdated(use.Source) ? AskAsync(use, cancellationToken) : Task.FromResult<RemoteAnswer?>(null))).ConfigureAwait(false);
        foreach (var (use, answer) in uses.Zip(asked))
        {
            var before = locked.Find(use.Source);
            var after = answer?.Digest is { } digest ? new RemotePin(use.Source, digest) : before;
            pins.AddRange(after is null ? [] : [after]);
            if (answer is { Digest: null })
            {
                diagnostics.Add(Rules.CannotLock.At(use.Url.Span, use.Source, answer.Refusal));
            }
            else if (after != before)
            {
                changes.Add(new LockChange($"{use.Source}", before?.Short, after!.Short));
            }
        }

        var unused = LockedReferences.Stale(uses, locked).Select(pin => pin.Value).ToList();
        pins.AddRange(KeepsUnused ? unused : []);
        changes.AddRange(KeepsUnused ? [] : unused.Select(pin => new LockChange($"{pin.Source}", pin.Short, null)));
        return (pins, changes);
    }

    private async Task<RemoteAnswer?> AskAsync(RemoteUse use, CancellationToken cancellationToken) => use.IsCertain
        ? await resolve(use.Address, cancellationToken).ConfigureAwait(false)
        : new RemoteAnswer(null, "variables of its base image take part in its address, and the engine does not have that image");
}
