using Orchestrator.Diagnostics;
using Orchestrator.Graph.Reading;
using Orchestrator.Graph.Variables;

namespace Orchestrator.Graph.Compose;

/// <summary>Which files make a project when nobody names them (https://docs.docker.com/compose/intro/compose-application-model/#the-compose-file).</summary>
internal static class ComposeFiles
{
    private const string FileVariable = "COMPOSE_FILE";
    private const string SeparatorVariable = "COMPOSE_PATH_SEPARATOR";

    private static readonly string[] Names = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
    private static readonly string[] OverrideNames = ["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"];

    /// <summary>Whether a file is called as Compose files are.</summary>
    public static bool IsName(string file)
    {
        var name = Path.GetFileName(file);
        return (name.StartsWith("compose.", StringComparison.Ordinal) || name.StartsWith("docker-compose.", StringComparison.Ordinal)
            || name.StartsWith("compose-", StringComparison.Ordinal) || name.StartsWith("docker-compose-", StringComparison.Ordinal))
            && Path.GetExtension(name) is ".yml" or ".yaml";
    }

    /// <summary>The files of the project in a directory: those of <c>COMPOSE_FILE</c>, which an env file may set, else the default one with its override.</summary>
    /// <param name="workingFolder">Where the command is run, absolute; null is the directory.</param>
    /// <returns>Absolute paths; empty when there is none.</returns>
    public static IReadOnlyList<string> In(string directory, IReadOnlyDictionary<string, string> environment, string? workingFolder = null)
    {
        var named = ComposeEnvFiles.Of(environment, workingFolder ?? directory);
        var unheard = new DiagnosticBag(); // the file is read again, and heard, when the project is
        var variables = environment.ContainsKey(FileVariable) || (named is null && !File.Exists(Path.Join(directory, ".env"))) ? environment
            : new VariableFiles(new RepositoryPaths(directory, directory, null, AllowOutside: true, unheard), environment, unheard).Read(named);
        if (variables.GetValueOrDefault(FileVariable) is { Length: > 0 } files)
        {
            var separator = variables.GetValueOrDefault(SeparatorVariable) is { Length: > 0 } own ? own : Path.PathSeparator.ToString();
            return [.. files.Split(separator, StringSplitOptions.RemoveEmptyEntries).Select(file => Path.GetFullPath(file, directory))];
        }

        return First(directory, Names) is not { } main ? [] : First(directory, OverrideNames) is { } over ? [main, over] : [main];
    }

    private static string? First(string directory, IEnumerable<string> names) => names.Select(name => Path.Join(directory, name)).FirstOrDefault(File.Exists);
}
