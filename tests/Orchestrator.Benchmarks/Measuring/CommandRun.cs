using System.Diagnostics;

namespace Orchestrator.Benchmarks.Measuring;

/// <summary>A command that has ended.</summary>
/// <param name="Duration">From the start of the process to its end.</param>
/// <param name="Output">What it wrote, both streams.</param>
internal sealed record CommandRun(int ExitCode, TimeSpan Duration, string Output)
{
    public static async Task<CommandRun> RunAsync(
        string program, IEnumerable<string> arguments, string directory, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            var duration = Stopwatch.GetElapsedTime(started);
            return new CommandRun(process.ExitCode, duration, await output.ConfigureAwait(false) + await errors.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <exception cref="InvalidOperationException">It failed.</exception>
    public CommandRun Checked() => ExitCode == 0 ? this : throw new InvalidOperationException($"a step of the benchmark failed ({ExitCode}):\n{Output}");
}
