using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace Orchestrator.Tasks;

/// <summary>Finds the <c>dotnet</c> that runs the tool: the one that runs this build, else one that the environment names.</summary>
internal static class DotNetHost
{
    public static string FileName { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "dotnet.exe" : "dotnet";

    /// <summary>The host's full path; null when there is none.</summary>
    /// <param name="given"><c>$(DOTNET_HOST_PATH)</c>; empty in Visual Studio.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static string? Find(string? given, Func<string, string?> environment) =>
        Candidates(given, environment).FirstOrDefault(path => !string.IsNullOrEmpty(path) && Path.IsPathRooted(path) && File.Exists(path));

    private static IEnumerable<string?> Candidates(string? given, Func<string, string?> environment)
    {
        yield return given;
        yield return environment("DOTNET_HOST_PATH");
        foreach (var folder in (environment("PATH") ?? string.Empty).Split(Path.PathSeparator))
        {
            yield return In(folder);
        }

        yield return In(environment("DOTNET_ROOT"));
    }

    private static string? In(string? folder) => string.IsNullOrWhiteSpace(folder) ? null : Path.Combine(folder!.Trim('"'), FileName);
}
