namespace Orchestrator.Reports;

/// <summary>
/// Brings the daemon's times to our clock: an engine may be on another machine, whose clock goes wrong. News comes a little after what it tells of, so
/// the smallest delay seen is the clocks' difference; up to a second it is taken for a delay, as on one machine it is.
/// </summary>
internal sealed class DaemonClock(DateTimeOffset started)
{
    private static readonly TimeSpan UsualDelay = TimeSpan.FromSeconds(1);

    private TimeSpan? _behind;

    /// <summary>Something was said to have happened, and is known now.</summary>
    public void Take(DateTimeOffset happened, DateTimeOffset now)
    {
        var behind = now - happened;
        _behind = _behind is { } known && known < behind ? known : behind;
    }

    /// <returns>After the start of the run.</returns>
    public TimeSpan Place(DateTimeOffset happened) => happened - started + (_behind is { } behind && behind.Duration() > UsualDelay ? behind : TimeSpan.Zero);
}
