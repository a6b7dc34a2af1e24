using System.Diagnostics;
using System.Text;

namespace Orchestrator.Programs;

/// <summary>A program that ran to its end, with nothing to read and what it printed as UTF-8. Knows no meaning of what it says.</summary>
/// <param name="ExitCode">Its own.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    /// <param name="executable">A path, or a name that is found on PATH.</param>
    /// <param name="arguments">Each reaches it as it is.</param>
    /// <param name="directory">Where it is started; absolute.</param>
    /// <param name="variables">Of its environment, besides those of this process.</param>
    /// <param name="cancellationToken">Ends it, and all that it started.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">It cannot be started.</exception>
    public static async Task<ProgramRun> RunAsync(
        string executable, IEnumerable<string> arguments, string directory, IEnumerable<KeyValuePair<string, string>> variables, CancellationToken cancellationToken)
    {
        using var process = Start(executable, arguments, directory, variables);
        process.StandardInput.Close();
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await Task.WhenAll(output, error).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return new ProgramRun(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false); // it writes no more files
            throw;
        }
    }

    private static Process Start(string executable, IEnumerable<string> arguments, string directory, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var start = new ProcessStartInfo(executable, arguments)
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
