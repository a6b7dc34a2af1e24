using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Compose;

/// <summary>What makes a project: files that lie over each other, and where their variables come from.</summary>
/// <param name="Files">Absolute; the first one is the main one. Never empty.</param>
/// <param name="Directory">Of the project; null is the main file's folder.</param>
/// <param name="EnvFiles">Absolute; null is <c>.env</c> in the project's directory, if it is there.</param>
/// <param name="Environment">The process environment, or what stands in for it; it wins over the files.</param>
internal sealed record ComposeSource(
    IReadOnlyList<Located<string>> Files, string? Directory, IReadOnlyList<Located<string>>? EnvFiles, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Where the files were looked for: its <c>.env</c>, which may name them, wins over that of the project's directory. Null where they were named.</summary>
    public string? Folder { get; init; }

    /// <summary>Where the command is run, absolute: env files that the environment names begin there. Null is <see cref="Folder"/>, or the project's directory.</summary>
    public string? WorkingFolder { get; init; }

    /// <summary>What files would hold, by absolute path; all others are read from disk.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; init; } = new Dictionary<string, string>();
}
