using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Orchestrator.EndToEnd.Tests;

/// <summary>The scripts of <c>build/</c>, and where this repository keeps its samples.</summary>
internal static class Scripts
{
    public static string Root { get; } = FindRoot();

    /// <returns>Standard output; that the script succeeds is asserted.</returns>
    public static async Task<string> RunAsync(string script, string? host, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Join(Root, "build", script), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (host is not null)
        {
            start.Environment["DOCKER_HOST"] = host;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, $"build/{script} {string.Join(' ', arguments)}\n{await error}");
        return output;
    }

    private static string FindRoot([CallerFilePath] string file = "") => Path.GetFullPath("../..", Path.GetDirectoryName(file)!);
}
