using System.Collections;

namespace Orchestrator.Tool;

/// <summary>Everything that the process's surroundings say, read once.</summary>
internal sealed record ToolEnvironment(
    IReadOnlyDictionary<string, string> Variables, string CurrentDirectory, string HomeDirectory, string StateDirectory, string MachineName, int Processors, bool IsWindows)
{
    /// <summary>A folder that can neither be made nor read, in place of one that might be somebody else's: what is remembered there decides what is built.</summary>
    private const string Nowhere = "/dev/null/orchestrator";

    /// <summary>Where the tool's own files are.</summary>
    public string ToolDirectory { get; init; } = AppContext.BaseDirectory;

    /// <summary>The only place that looks at the process.</summary>
    /// <returns>Null when the working directory was deleted.</returns>
    public static ToolEnvironment? Capture()
    {
        if (CurrentDirectoryOfProcess() is not { } directory)
        {
            return null;
        }

        var variables = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return new ToolEnvironment(
            variables, directory, home, StateFolder(variables, home), $"{Environment.MachineName}/{Environment.UserName}",
            Environment.ProcessorCount, OperatingSystem.IsWindows());
    }

#pragma warning disable RS0030 // this is the edge at which the working directory is read
    private static string? CurrentDirectoryOfProcess()
    {
        try
        {
            return Environment.CurrentDirectory;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
#pragma warning restore RS0030

    /// <summary>How much is done at the same time where nobody said: while one waits for the engine, another has something to do.</summary>
    public int UsualParallel => Math.Max(2, Processors);

    /// <summary>How many images are built at the same time where nobody said: a build waits for disk and daemon as much as it computes, and with fewer a small machine is idle meanwhile.</summary>
    public int UsualBuilds => Math.Max(4, Processors);

    /// <summary>The .NET host that started this process says where it is; else the one on PATH.</summary>
    public string DotNetHost => Variables.GetValueOrDefault("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";

    /// <summary>Stack traces are shown (<c>ORCHESTRATOR_DEBUG=1</c>).</summary>
    public bool IsDebugging => Variables.GetValueOrDefault("ORCHESTRATOR_DEBUG") == "1";

    /// <summary>The user's cache folder: XDG on Unix, which wants an absolute path and passes over others; local application data on Windows.</summary>
    internal static string StateFolder(IReadOnlyDictionary<string, string> variables, string home)
    {
        const string Name = "orchestrator";
        if (OperatingSystem.IsWindows())
        {
            // An account without a profile has none.
            return Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } data ? data : Path.GetTempPath(), Name);
        }

        return variables.GetValueOrDefault("XDG_CACHE_HOME") is { } cache && Path.IsPathFullyQualified(cache) ? Path.Join(cache, Name)
            : home.Length > 0 ? Path.Join(home, ".cache", Name)
            : PrivateFolder.Open(Path.GetTempPath(), Name) ?? Nowhere;
    }
}
