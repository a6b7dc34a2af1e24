using System.ComponentModel;
using System.Diagnostics;

namespace Orchestrator.Tool;

/// <summary>A solution, changed by the .NET SDK's own command.</summary>
/// <param name="root">The folder that the paths are relative to; absolute.</param>
/// <param name="path">Of the solution.</param>
internal sealed class SolutionFile(string root, string path)
{
    /// <returns>Null when the project was added; else what stood in the way.</returns>
    public async Task<string?> AddAsync(string project, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var dotnet = environment.Variables.GetValueOrDefault("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
        var start = new ProcessStartInfo(dotnet, ["sln", path, "add", project]) { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var said = await output.ConfigureAwait(false) + await error.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return process.ExitCode == 0 ? null : Complaint(said);
        }
        catch (Win32Exception exception)
        {
            return exception.Message + ".";
        }
    }

    /// <summary>The SDK's own words on one line, without the prefix that it puts before them.</summary>
    private static string Complaint(string said)
    {
        const string Prefix = "Unhandled exception: ";
        var words = string.Join(' ', said.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return words.StartsWith(Prefix, StringComparison.Ordinal) ? words[Prefix.Length..] : words;
    }
}
