using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Locking;
using Orchestrator.Planning;

namespace Orchestrator.Pinning;

/// <summary>
/// Brings a lock up to date: pins what is missing, drops what nothing uses, and asks again for what is to be updated. Everything else stays as it is. A
/// reference that cannot be found out keeps its pin, and is an error; so is one that a registry had and that only the engine has now.
/// </summary>
/// <param name="resolve">Finds out what a reference stands for on a platform.</param>
/// <param name="platform">Of the engine.</param>
/// <param name="diagnostics">Receives what cannot be locked.</param>
internal sealed class LockUpdate(Func<ImageReference, string, CancellationToken, Task<PinAnswer>> resolve, string platform, DiagnosticBag diagnostics)
{
    /// <summary>Keep pins that nothing uses: this is one environment of the graph, and others may use them. Default: false.</summary>
    public bool KeepsUnused { get; init; }

    /// <param name="locked">As it is.</param>
    /// <param name="uses">The references that the graph has now.</param>
    /// <param name="isUpdated">Whether a reference that is pinned is to be asked for again.</param>
    /// <param name="cancellationToken">Ends it; nothing is written here.</param>
    /// <returns>All pins, and what is different.</returns>
    public async Task<(IReadOnlyList<Pin> Pins, IReadOnlyList<LockChange> Changes)> RunAsync(
        LockFile locked, IReadOnlyList<ExternalUse> uses, Func<ImageReference, bool> isUpdated, CancellationToken cancellationToken)
    {
        var pins = new List<Pin>();
        var changes = new List<LockChange>();
        var before = locked.Pins.Select(pin => pin.Value).ToLookup(pin => pin.Source);
        var asked = await Task.WhenAll(uses.Select(use =>
            locked.Find(use.Source, use.Platform ?? platform) is null || isUpdated(use.Source) ? AskAsync(use, cancellationToken) : Task.FromResult<PinAnswer?>(null))).ConfigureAwait(false);
        foreach (var answers in uses.Zip(asked).GroupBy(item => item.First.Source))
        {
            IReadOnlyList<Pin> all = [.. before[answers.Key]];
            foreach (var (use, answer) in answers)
            {
                all = [.. Merge(use, all.FirstOrDefault(pin => pin.Platform is null || pin.Platform == (use.Platform ?? platform)), all, answer, changes)];
            }

            pins.AddRange(all);
        }

        var used = uses.Select(use => use.Source).ToHashSet();
        var unused = locked.Pins.Select(pin => pin.Value).Where(pin => !used.Contains(pin.Source)).ToList();
        if (KeepsUnused)
        {
            pins.AddRange(unused);
        }
        else
        {
            changes.AddRange(unused.Select(pin => new LockChange(pin.Source.Familiar, pin.Short, null)));
        }

        return (pins, changes);
    }

    private async Task<PinAnswer?> AskAsync(ExternalUse use, CancellationToken cancellationToken) => await resolve(use.Source, use.Platform ?? platform, cancellationToken).ConfigureAwait(false);

    /// <summary>The pins of one reference. What a registry has holds for all platforms; content on this one leaves the others'.</summary>
    private IEnumerable<Pin> Merge(ExternalUse use, Pin? current, IReadOnlyList<Pin> all, PinAnswer? answer, List<LockChange> changes)
    {
        if (answer is null)
        {
            return all;
        }

        if (answer.Pin is not { } pin)
        {
            diagnostics.Add(Rules.CannotLock.At(use.Span, use.Source.Familiar, answer.Words));
            return all;
        }

        if (pin.IsContent && use.IsFrontend)
        {
            diagnostics.Add(Rules.CannotLock.At(use.Span, use.Source.Familiar, "a frontend can be pinned only to what a registry has" + answer.Words));
            return all;
        }

        if (pin.IsContent && current is { IsContent: false })
        {
            // A registry that is down, or limits the rate, is no registry that has not got it; and content would hold for this platform only.
            diagnostics.Add(Rules.CannotLock.At(use.Span, use.Source.Familiar, $"it stays what a registry had, and does not become{answer.Words.TrimStart(',')}; who wants that takes its line out of the lock file"));
            return all;
        }

        if (current != pin)
        {
            changes.Add(new LockChange(use.Source.Familiar, current?.Short, pin.Short, answer.Words));
        }

        return pin.IsContent ? all.Where(other => other.IsContent && other.Platform != pin.Platform).Append(pin) : [pin];
    }
}
