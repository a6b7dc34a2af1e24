using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.State;

namespace Orchestrator.Building;

/// <summary>
/// One run at a time per graph and engine. A graph is meant by its name, as it is in key tags: two checkouts of one repository work on the same
/// images. The lock is an open file in the user's cache folder: when the process dies, in whatever way, the system lets go of it. Where there can
/// be no such file, and between users or machines that share an engine, runs go side by side: that may cost work, or an image that has to be
/// built once more, and never truth, which is in the engine alone.
/// </summary>
internal sealed class GraphLock : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>What the systems say when another open file has the lock: EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION.</summary>
    private static readonly int[] HeldCodes = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream? _file;

    private GraphLock(FileStream? file, bool hasWaited) => (_file, HasWaited) = (file, hasWaited);

    /// <summary>No other run of this user is at work on the graph; false where there can be no lock.</summary>
    public bool IsHeld => _file is not null;

    /// <summary>Another run was at work in between, so what was read before may have changed.</summary>
    public bool HasWaited { get; }

    /// <param name="stateDirectory">The user's cache folder.</param>
    /// <param name="graph">The graph's name.</param>
    /// <param name="engine">What tells the engine from others: its own ID, or its address where it has none.</param>
    /// <param name="reporter">Told once whom this waits for, or why there can be no lock.</param>
    /// <param name="time">The clock for asking again.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<GraphLock> TakeAsync(
        string stateDirectory, string graph, string engine, IBuildReporter reporter, TimeProvider time, CancellationToken cancellationToken)
    {
        var name = GraphState.NameFor($"{graph}\n{engine}");
        var path = Path.Join(stateDirectory, "locks", name + ".lock");
        var hasWaited = false;
        while (true)
        {
            try
            {
                return new GraphLock(Open(path), hasWaited);
            }
            catch (IOException exception) when (HeldCodes.Contains(exception.HResult))
            {
                if (!hasWaited)
                {
                    reporter.Waiting(Holder(path));
                    hasWaited = true;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                reporter.Report(Rules.LockUnavailable.Anywhere(path, exception.Message));
                return new GraphLock(null, hasWaited);
            }

            await Task.Delay(Poll, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _file?.Dispose();

    private static FileStream Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        try
        {
            File.WriteAllText(path + ".holder", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The lock holds without the note, which is for people: "another process" it is, then.
        }

        return file;
    }

    private static string Holder(string path)
    {
        try
        {
            return "process " + int.Parse(File.ReadAllText(path + ".holder"), NumberStyles.None, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or OverflowException)
        {
            return "another process";
        }
    }
}
