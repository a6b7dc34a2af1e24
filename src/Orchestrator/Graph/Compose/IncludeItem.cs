using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>One entry of <c>include</c>: a path, or a mapping with <c>path</c>, <c>project_directory</c> and <c>env_file</c>.</summary>
/// <param name="Files">As written; the first is the main one, the others lie over it. Never empty.</param>
/// <param name="EnvFiles">As written; null is <c>.env</c> in the project's directory, if it is there.</param>
internal sealed record IncludeItem(IReadOnlyList<Located<string>> Files, Located<string>? ProjectDirectory, IReadOnlyList<Located<string>>? EnvFiles)
{
    private const string PathKey = "path";
    private const string Form = "a list of paths, or of mappings with 'path'";

    private static readonly HashSet<string> Keys = new(StringComparer.Ordinal) { PathKey, "project_directory", "env_file" };

    /// <summary>What is written besides the files: it means something to a Compose project only.</summary>
    public IReadOnlyList<YamlScalar> ProjectKeys { get; init; } = [];

    /// <returns>Null when a diagnostic was added.</returns>
    public static IncludeItem? Read(YamlNode node, DiagnosticBag diagnostics)
    {
        var before = diagnostics.Items.Count;
        var item = node is YamlMapping mapping ? Written(mapping, diagnostics) : new IncludeItem(Texts(node, diagnostics), null, null);
        return diagnostics.Items.Count == before ? Checked(item, node, diagnostics) : null;
    }

    private static IncludeItem Written(YamlMapping mapping, DiagnosticBag diagnostics)
    {
        foreach (var entry in mapping.Entries.Where(entry => !Keys.Contains(entry.Key.Value) && !ComposeGrammar.IsExtension(entry.Key.Value)))
        {
            diagnostics.Add(Rules.UnknownKey.At(entry.Key.Span, entry.Key.Value, "an entry of 'include'", DidYouMean.Phrase(entry.Key.Value, Keys)));
        }

        var env = mapping.Find("env_file")?.Value;
        var directory = Texts(mapping.Find("project_directory")?.Value, diagnostics);
        return new IncludeItem(Texts(mapping.Find(PathKey)?.Value, diagnostics), directory is [var first, ..] ? first : null, env is null ? null : Texts(env, diagnostics))
        {
            ProjectKeys = [.. mapping.Entries.Select(entry => entry.Key).Where(key => key.Value != PathKey && Keys.Contains(key.Value))],
        };
    }

    private static IncludeItem? Checked(IncludeItem item, YamlNode node, DiagnosticBag diagnostics)
    {
        if (item.Files.Count == 0)
        {
            diagnostics.Add(Rules.WrongType.At(node.Span, "include", Form, node.Kind));
            return null;
        }

        if (item.Files.FirstOrDefault(file => file.Value.Contains("://", StringComparison.Ordinal) || file.Value.StartsWith("git@", StringComparison.Ordinal)) is { Value: not null } remote)
        {
            diagnostics.Add(Rules.RemoteResource.At(remote.Span, remote.Value));
            return null;
        }

        return item;
    }

    private static List<Located<string>> Texts(YamlNode? node, DiagnosticBag diagnostics)
    {
        IReadOnlyList<YamlNode> items = node is null ? [] : [.. ComposeForms.Items(node)];
        foreach (var item in items.Where(item => item is not YamlScalar))
        {
            diagnostics.Add(Rules.WrongType.At(item.Span, "include", Form, item.Kind));
        }

        return [.. items.OfType<YamlScalar>().Where(text => text is { IsNull: false, Value.Length: > 0 }).Select(text => new Located<string>(text.Value, text.Span))];
    }
}
