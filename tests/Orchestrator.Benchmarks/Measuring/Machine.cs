using System.Globalization;

namespace Orchestrator.Benchmarks.Measuring;

/// <summary>The machine on which it is measured.</summary>
internal static class Machine
{
    private const double Idle = 0.05;

    /// <summary>One look at the machine is this long.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Waits until the machine has nothing to do: an engine goes on after its client has left (containerd looks for garbage after every image that was removed),
    /// and what one contender left behind is not the next one's time.
    /// </summary>
    /// <returns>False when it is still busy after a minute; then it is measured nevertheless.</returns>
    public static async Task<bool> QuietAsync(CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Look)
        {
            var (busy, all) = Ticks();
            await Task.Delay(Look, cancellationToken).ConfigureAwait(false);
            var (busyNow, allNow) = Ticks();
            if (busyNow - busy <= Idle * (allNow - all))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The processors' time since the machine was started, as proc(5) has it: user, nice, system, idle, iowait, irq, softirq, steal.</summary>
    private static (long Busy, long All) Ticks()
    {
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(tick => long.Parse(tick, CultureInfo.InvariantCulture)).ToArray();
        var all = ticks.Sum();
        return (all - ticks[3] - ticks[4], all);
    }
}
