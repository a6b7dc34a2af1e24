using System.Runtime.InteropServices;

namespace Orchestrator.Tool;

/// <summary>
/// Turns Ctrl+C and SIGTERM into a cancellation, after which the run stops what the engine does for it and removes what only the run needed. A second
/// signal ends the process at once, and so does an engine that does not answer for a minute; the next run tidies up what is left then.
/// </summary>
/// <remarks>It lives as long as the process, which a signal may reach up to its last instruction.</remarks>
internal static class Interruption
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>A terminal signals its whole foreground group, and whoever started the command may pass the same signal on.</summary>
    private static readonly TimeSpan SameSignal = TimeSpan.FromMilliseconds(500);

    private static readonly CancellationTokenSource Run = new();
    private static readonly Lock Gate = new();
    private static IReadOnlyList<IDisposable> _held = [];
    private static long _first;

    /// <returns>Cancelled by the first signal.</returns>
    public static CancellationToken Watch()
    {
        _held = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Take), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take)];
        return Run.Token;
    }

    private static void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        if (IsFirst())
        {
            _held = [.. _held, TimeProvider.System.CreateTimer(_ => End(), null, Patience, Timeout.InfiniteTimeSpan)];
            Run.Cancel();
        }
        else if (TimeProvider.System.GetElapsedTime(_first) > SameSignal)
        {
            End();
        }
    }

    private static void End() => Environment.Exit(ExitCode.Cancelled);

    private static bool IsFirst()
    {
        lock (Gate)
        {
            if (_first != 0)
            {
                return false;
            }

            _first = TimeProvider.System.GetTimestamp();
            return true;
        }
    }
}
