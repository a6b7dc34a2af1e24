using System.ComponentModel;
using Orchestrator.Programs;

namespace Orchestrator.Tool;

/// <summary>A solution, changed by the .NET SDK's own command.</summary>
/// <param name="root">The folder that the paths are relative to; absolute.</param>
/// <param name="path">Of the solution.</param>
internal sealed class SolutionFile(string root, string path)
{
    /// <returns>Null when the project was added; else what stood in the way.</returns>
    public async Task<string?> AddAsync(string project, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        try
        {
            var run = await ProgramRun.RunAsync(environment.DotNetHost, ["sln", path, "add", project], root, [], cancellationToken).ConfigureAwait(false);
            return run.ExitCode == 0 ? null : Complaint(run.Output + run.Error);
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
