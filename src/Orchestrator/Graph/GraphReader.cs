using Orchestrator.Diagnostics;
using Orchestrator.Graph.Reading;
using Orchestrator.Graph.Variables;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph;

/// <summary>
/// Reads <c>images.yml</c>: text → positioned tree (<c>Yaml/</c>) → variables put in (<c>Variables/</c>) → keys checked against one
/// table and nodes made (<c>Reading/</c>). Knows no Dockerfile's content, no engine and no registry. Reports everything that is
/// wrong with a file in one go, in the order of its lines.
/// </summary>
internal static class GraphReader
{
    /// <returns>Null when the file has errors.</returns>
    public static ImageGraph? Read(GraphOptions options, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        var graph = ReadFile(options, found);
        diagnostics.AddRange(found.Items
            .OrderBy(item => item.Span.File != options.File)
            .ThenBy(item => item.Span.File, StringComparer.Ordinal)
            .ThenBy(item => item.Span.Line)
            .ThenBy(item => item.Span.Column));
        return found.HasErrors ? null : graph;
    }

    private static ImageGraph? ReadFile(GraphOptions options, DiagnosticBag diagnostics)
    {
        if (YamlText.Read(options.File, diagnostics) is not { } text)
        {
            return null;
        }

        var root = YamlReader.Read(options.File, text, diagnostics);
        if (root is YamlMapping mapping)
        {
            return ReadMapping(options, mapping, diagnostics);
        }

        if (!diagnostics.HasErrors)
        {
            diagnostics.Add(root is null or YamlScalar { IsNull: true }
                ? Rules.GraphFileEmpty.At(new SourceSpan(options.File, 1, 1))
                : Rules.WrongType.At(root.Span, Path.GetFileName(options.File), "a mapping", root.Kind));
        }

        return null;
    }

    private static ImageGraph ReadMapping(GraphOptions options, YamlMapping root, DiagnosticBag diagnostics)
    {
        var directory = Path.GetDirectoryName(options.File)!;
        var home = options.Environment.GetValueOrDefault("HOME") ?? options.Environment.GetValueOrDefault("USERPROFILE");
        var flags = new KeyedMapping(new YamlMapping(root.Span, [.. root.Entries.Where(entry => entry.Key.Value == "allow_outside")]), KeyPlaces.Graph, "a graph file", diagnostics);
        var allowOutside = flags.Flag("allow_outside") ?? false; // before variables are known, for the env files need it
        var paths = new RepositoryPaths(directory, RepositoryPaths.GitTopLevel(directory) ?? directory, home, allowOutside, diagnostics);
        var files = new VariableFiles(paths, options.Environment, diagnostics);
        var variables = files.Read(root.Find("env_file")?.Value);
        var interpolation = new Interpolation(variables.GetValueOrDefault, diagnostics);
        var expanded = new TreeInterpolation(interpolation).Expand(root);
        var graph = new KeyedMapping(expanded, KeyPlaces.Graph, "a graph file", diagnostics);
        return new GraphContent(graph, new ReadingScope(paths, variables, diagnostics)).Read(options.File, [options.File, .. files.Files]);
    }
}
