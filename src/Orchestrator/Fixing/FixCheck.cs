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
        var changed = file == options.File ? options with { Texts = texts } : options with { File = file, Overlays = [], IsCompose = false, Texts = texts };
        var found = new DiagnosticBag();
        var after = GraphReader.Read(changed, found) is { } graph ? LoadedGraph.Read(graph, platform, texts, found)?.Graph : null;
        if (after is null || found.HasErrors)
        {
            return found.Items.First(item => item.Severity == Severity.Error).ToString();
        }

        var (meant, targets) = (Targets(before), Targets(after));
        return Lost(after) ?? images.Select(name => Difference(name, meant, targets)).FirstOrDefault(difference => difference is not null) ?? OtherEnvironments(changed);
    }

    /// <summary>Whatever the fix is not for says the same as before.</summary>
    private string? Lost(ResolvedGraph after)
    {
        foreach (var name in before.Images.Concat(after.Images).Select(image => image.Name))
        {
            if (!after.Contains(name) || !before.Contains(name))
            {
                return after.Contains(name) ? $"there would be another image, '{name}'" : $"there would be no image '{name}'";
            }

            if (Said(before[name]) != Said(after[name]))
            {
                return $"'{name}' would be declared otherwise";
            }
        }

        return null;
    }

    /// <summary>What files say of an image; without what the fix changes of those that it is for.</summary>
    private string Said(ResolvedImage image)
    {
        var build = image.Node.Build;
        var place = images.Contains(image.Name) ? "" : $" context {build.Context} dockerfile {build.Dockerfile} overlay {string.Join(' ', build.Overlay)}";
        return $"{image.Name} {string.Join(' ', image.Node.LocalNames)} aliases {string.Join(' ', image.Node.Aliases)} target {build.Target} args {string.Join(' ', build.Arguments)} labels {string.Join(' ', build.Labels)} "
            + $"contexts {string.Join(' ', build.AdditionalContexts)} secrets {string.Join(' ', build.Secrets)} ssh {string.Join(' ', build.Ssh)} network {build.Network} {build.SharedMemorySize} {string.Join(' ', build.ExtraHosts)} "
            + $"{string.Join(' ', build.Ulimits)} {build.NoCache} {build.Pull}{place}";
    }

    private static string? Difference(string name, Dictionary<string, List<string>> before, Dictionary<string, List<string>> after)
    {
        var (meant, targets) = (before[name], after[name]);
        return meant.SequenceEqual(targets) ? null : $"'{name}' would take {string.Join(", ", targets.Except(meant))} in the place of {string.Join(", ", meant.Except(targets))}";
    }

    /// <summary>The absolute paths of what each image takes from its context; what leaves it, as it was meant.</summary>
    private static Dictionary<string, List<string>> Targets(ResolvedGraph graph)
    {
        var escapes = ContextEscapes.Of(graph).ToLookup(source => source.Image.Name, StringComparer.Ordinal);
        return graph.Images.ToDictionary(image => image.Name, image => Targets(graph.Graph.Root, image, escapes[image.Name].DistinctBy(source => source.Source).ToDictionary(source => source.Source, source => source.Real)), StringComparer.Ordinal);
    }

    private static List<string> Targets(string root, ResolvedImage image, Dictionary<Located<string>, string?> escapes)
    {
        var build = image.Node.Build;
        var move = new ContextMove(build, root, build.Context.Value);
        return [.. image.Closure.ContextUses.Where(use => use.From is null).SelectMany(use => use.Sources).Select(source => Laid(build, move, escapes.GetValueOrDefault(source), source.Value))];
    }

    private static string Laid(BuildDefinition build, ContextMove move, string? escaped, string source)
    {
        var inside = PathText.CleanBelowRoot(source);
        var overlay = build.Overlay.FirstOrDefault(item => inside == item.Key || inside.StartsWith(item.Key + "/", StringComparison.Ordinal));
        return overlay.Key is { } place ? overlay.Value.Value + inside[place.Length..]
            : escaped ?? (move.Meant(source) is var (folder, path) ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, folder)) : Path.GetFullPath(inside, build.Context.Value));
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
