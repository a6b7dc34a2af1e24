using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>One entry of <c>include</c>: a path, or a mapping with <c>path</c>, <c>project_directory</c> and <c>env_file</c>.</summary>
/// <param name="Files">As written; the first is the main one, the others lie over it. Never empty.</param>
/// <param name="EnvFiles">As written; null is <c>.env</c> in the project's directory, if it is there.</param>
internal sealed record IncludeItem(IReadOnlyList<Located<string>> Files, Located<string>? ProjectDirectory, IReadOnlyList<Located<string>>? EnvFiles)
{
    private static readonly HashSet<string> Keys = new(StringComparer.Ordinal) { "path", "project_directory", "env_file" };

    /// <returns>Null when a diagnostic was added.</returns>
    public static IncludeItem? Read(YamlNode node, DiagnosticBag diagnostics)
    {
        if (node is not YamlMapping mapping)
        {
            return Checked(new IncludeItem(Texts(node), null, null), node, diagnostics);
        }

        var unknown = mapping.Entries.Where(entry => !Keys.Contains(entry.Key.Value) && !ComposeGrammar.IsExtension(entry.Key.Value)).ToList();
        foreach (var entry in unknown)
        {
            diagnostics.Add(Rules.UnknownKey.At(entry.Key.Span, entry.Key.Value, "an entry of 'include'", DidYouMean.Phrase(entry.Key.Value, Keys)));
        }

        if (unknown.Count > 0)
        {
            return null;
        }

        var env = mapping.Find("env_file")?.Value;
        return Checked(
            new IncludeItem(Texts(mapping.Find("path")?.Value), Texts(mapping.Find("project_directory")?.Value) is [var directory, ..] ? directory : null, env is null ? null : Texts(env)), node, diagnostics);
    }

    private static IncludeItem? Checked(IncludeItem item, YamlNode node, DiagnosticBag diagnostics)
    {
        if (item.Files.Count == 0)
        {
            diagnostics.Add(Rules.WrongType.At(node.Span, "include", "a list of paths, or of mappings with 'path'", node.Kind));
            return null;
        }

        if (item.Files.FirstOrDefault(file => file.Value.Contains("://", StringComparison.Ordinal) || file.Value.StartsWith("git@", StringComparison.Ordinal)) is { Value: not null } remote)
        {
            diagnostics.Add(Rules.RemoteResource.At(remote.Span, remote.Value));
            return null;
        }

        return item;
    }

    private static List<Located<string>> Texts(YamlNode? node) => node is null ? [] :
        [.. ComposeForms.Items(node).OfType<YamlScalar>().Where(text => text is { IsNull: false, Value.Length: > 0 }).Select(text => new Located<string>(text.Value, text.Span))];
}
