using System;
using System.Collections;
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
    /// <param name="given">The host that the build names; may be empty.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public static string? Find(string? given, Func<string, string?> environment) =>
        Candidates(given, environment).FirstOrDefault(path => !string.IsNullOrEmpty(path) && Path.IsPathRooted(path) && File.Exists(path));

    /// <param name="environment">A table that tells upper from lower case, as .NET gives it on every system.</param>
    /// <param name="ignoresCase">As Windows does, which writes <c>Path</c>.</param>
    public static Func<string, string?> Reader(IDictionary environment, bool ignoresCase)
    {
        var variables = new Dictionary<string, string>(ignoresCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in environment)
        {
            variables[(string)variable.Key] = (string)variable.Value;
        }

        return name => variables.TryGetValue(name, out var value) ? value : null;
    }

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

    private static string? In(string? folder)
    {
        var path = (folder ?? string.Empty).Trim().Trim('"');
        return path.Length == 0 || path.IndexOfAny(Path.GetInvalidPathChars()) >= 0 ? null : Path.Combine(path, FileName);
    }
}
