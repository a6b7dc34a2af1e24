using Orchestrator.BuildKit.FileSync;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Graph.Yaml;
using Orchestrator.Planning;

namespace Orchestrator.Fixing;

/// <summary>Reads the files as they would be, and holds what they say against what was there: every source means the same as before, or what was meant.</summary>
internal sealed class FixCheck(ResolvedGraph before, GraphOptions options, string platform, IReadOnlyDictionary<string, string> texts, IReadOnlyCollection<string> images)
{
    /// <returns>What would be wrong; null when all is well.</returns>
    public string? Fault()
    {
        var file = texts.Keys.FirstOrDefault(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(options.File) && Path.GetFileName(path) is "images.yml") ?? options.File;
        var changed = file == options.File ? options with { Texts = texts } : options with { File = file, Overlays = [], Texts = texts };
        var found = new DiagnosticBag();
        var after = GraphReader.Read(changed, found) is { } graph ? LoadedGraph.Read(graph, platform, texts, found)?.Graph : null;
        if (after is null || found.HasErrors)
        {
            return found.Items.First(item => item.Severity == Severity.Error).ToString();
        }

        return images.Select(name => Difference(name, after)).FirstOrDefault(difference => difference is not null) ?? OtherEnvironments(changed);
    }

    private string? Difference(string name, ResolvedGraph after)
    {
        if (!after.Contains(name))
        {
            return $"there is no image '{name}'";
        }

        var meant = Targets(before, name);
        var targets = Targets(after, name);
        return meant.SequenceEqual(targets) ? null : $"'{name}' would take {string.Join(", ", targets.Except(meant))} in the place of {string.Join(", ", meant.Except(targets))}";
    }

    /// <summary>The absolute paths of what an image takes from its context; what leaves it, as it was meant.</summary>
    private static List<string> Targets(ResolvedGraph graph, string name)
    {
        var build = graph[name].Node.Build;
        var escapes = ContextEscapes.Of(graph).Where(source => source.Image.Name == name).DistinctBy(source => source.Source).ToDictionary(source => source.Source, source => source.Real);
        var move = new ContextMove(build, graph.Graph.Root, build.Context.Value);
        return [.. graph[name].Closure.ContextUses.Where(use => use.From is null).SelectMany(use => use.Sources).Select(source => Laid(build, move, escapes.GetValueOrDefault(source), source.Value))];
    }

    private static string Laid(BuildDefinition build, ContextMove move, string? escaped, string source)
    {
        var inside = PathText.CleanBelowRoot(source);
        var overlay = build.Overlay.FirstOrDefault(item => inside == item.Key || inside.StartsWith(item.Key + "/", StringComparison.Ordinal));
        return overlay.Key is { } place ? overlay.Value.Value + inside[place.Length..]
            : escaped ?? (move.Meant(source) is var (folder, path) ? Path.TrimEndingDirectorySeparator(Path.Join(folder, path)) : Path.Join(build.Context.Value, inside));
    }

    /// <summary>An entry for a service is an image of its own where the service is not: environments have other Compose files.</summary>
    private string? OtherEnvironments(GraphOptions changed)
    {
        var known = new DiagnosticBag();
        if (!File.Exists(options.File) || YamlText.Read(options.File, known) is not { } text || YamlReader.Read(options.File, text, known) is not YamlMapping root || root.Find("environments")?.Value is not YamlMapping environments)
        {
            return null;
        }

        foreach (var name in environments.Entries.Select(entry => entry.Key.Value).Where(name => !name.StartsWith("x-", StringComparison.Ordinal)).Append(null))
        {
            var found = new DiagnosticBag();
            if (GraphReader.Read(options with { EnvironmentName = name }, new DiagnosticBag()) is not null && GraphReader.Read(changed with { EnvironmentName = name }, found) is null)
            {
                return $"{found.Items.First(item => item.Severity == Severity.Error)} (environment {name ?? "none"})";
            }
        }

        return null;
    }
}
