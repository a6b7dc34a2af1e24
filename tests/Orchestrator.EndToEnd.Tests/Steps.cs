using System.Diagnostics;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>The processes of steps that a daemon runs: private engines share this machine's process table.</summary>
internal static class Steps
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Waits until a process whose command line holds the text runs, or until none does.</summary>
    /// <returns>False when that did not come true.</returns>
    public static async Task<bool> AwaitAsync(string text, bool isRunning)
    {
        var started = Stopwatch.GetTimestamp();
        while (IsRunning(text) != isRunning)
        {
            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                return false;
            }

            await Task.Delay(50);
        }

        return true;
    }

    private static bool IsRunning(string text) => Directory.EnumerateDirectories("/proc").Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])).Any(folder => CommandLine(folder).Contains(text, StringComparison.Ordinal));

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Join(folder, "cmdline"));
        }
        catch (IOException)
        {
            return ""; // it ended in between
        }
    }
}
