using Orchestrator.Diagnostics;
using Orchestrator.Graph.Compose;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Reading;

/// <summary>The one of <c>environments:</c> that was chosen.</summary>
/// <param name="Compose">The Compose files that take the place of <c>compose</c> and of those in <c>include</c>; null leaves them.</param>
/// <param name="Target">Of images with <c>targets</c>, only this one is built; null is all.</param>
internal sealed record GraphEnvironment(string Name, IncludeItem? Compose, Located<string>? Target)
{
    private const string Key = "environments";

    /// <summary>The env files that hold, as written: the environment's in place of the graph's.</summary>
    /// <param name="root">The graph file before variables are put in: the files are what they come from.</param>
    public static YamlNode? EnvFiles(YamlMapping root, string? name)
    {
        var chosen = name is null ? null : (root.Find(Key)?.Value as YamlMapping)?.Find(name)?.Value as YamlMapping;
        return (chosen?.Find("env_file") ?? root.Find("env_file"))?.Value;
    }

    /// <returns>Null when none was asked for, or a diagnostic was added.</returns>
    public static GraphEnvironment? Choose(KeyedMapping graph, bool isIncluded, string? name, DiagnosticBag diagnostics)
    {
        GraphEnvironment? chosen = null;
        var names = new List<string>();
        foreach (var entry in Entries(graph))
        {
            names.Add(entry.Key.Value);
            if (Read(entry, diagnostics) is { } environment && environment.Name == name)
            {
                chosen = environment;
            }
        }

        if (name is not null && !isIncluded && !names.Contains(name))
        {
            var known = names.Count == 0 ? "the graph file declares none." : $"the graph file has {string.Join(", ", names)}.{DidYouMean.Phrase(name, names)}";
            diagnostics.Add(Rules.EnvironmentUnknown.At(graph.Find(Key)?.Key.Span ?? graph.Span, name, known));
        }

        return chosen;
    }

    /// <summary>In the order of the file.</summary>
    public static IReadOnlyList<string> Names(KeyedMapping graph) => [.. Entries(graph).Select(entry => entry.Key.Value)];

    private static IEnumerable<YamlEntry> Entries(KeyedMapping graph) => graph.Entries(Key).Where(entry => !entry.Key.Value.StartsWith("x-", StringComparison.Ordinal));

    private static GraphEnvironment? Read(YamlEntry entry, DiagnosticBag diagnostics)
    {
        switch (entry.Value)
        {
            case YamlMapping mapping:
                var keys = new KeyedMapping(mapping, KeyPlaces.Environment, "an environment", diagnostics);
                var compose = keys.Find("compose") is { } files ? IncludeItem.Read(files.Value, diagnostics) : null;
                return new GraphEnvironment(entry.Key.Value, compose, keys.FilledText("target"));
            case YamlScalar { IsNull: true }:
                return new GraphEnvironment(entry.Key.Value, null, null);
            default:
                diagnostics.Add(Rules.WrongType.At(entry.Value.Span, entry.Key.Value, "a mapping with 'compose', 'env_file' and 'target'", entry.Value.Kind));
                return null;
        }
    }
}
