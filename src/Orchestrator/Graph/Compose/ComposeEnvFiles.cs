using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Compose;

/// <summary>
/// The env files that the process environment names in place of <c>.env</c>
/// (https://docs.docker.com/compose/how-tos/environment-variables/envvars/): they may say which files a project has, too.
/// </summary>
internal static class ComposeEnvFiles
{
    private const string FilesVariable = "COMPOSE_ENV_FILES";
    private const string DisablingVariable = "COMPOSE_DISABLE_ENV_FILE";

    /// <param name="workingFolder">Where the command is run: relative paths begin there, wherever the project lies. Absolute.</param>
    /// <returns>Absolute paths; null where nothing is said and <c>.env</c> is read if it is there.</returns>
    public static IReadOnlyList<Located<string>>? Of(IReadOnlyDictionary<string, string> environment, string workingFolder)
    {
        if (environment.GetValueOrDefault(FilesVariable)?.Split(',', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } files)
        {
            return [.. files.Select(file => new Located<string>(Path.GetFullPath(file, workingFolder), new SourceSpan(file)))];
        }

        return environment.GetValueOrDefault(DisablingVariable) is "1" or "true" or "True" or "TRUE" or "t" or "T" ? [] : null;
    }
}
