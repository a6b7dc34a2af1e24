using Orchestrator.BuildKit.FileSync;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Fixing;

/// <summary>The place at which files say what an image's context is, by <c>build: ./x</c>, <c>name: x</c> or <c>context: x</c>, and how it gets another one.</summary>
internal sealed class ContextDeclaration(FileDrafts drafts, ContextMove move)
{
    private const string ContextKey = "context";
    private const string DockerfileKey = "dockerfile";

    /// <param name="nodes">The declarations with this place; those of one image's targets are one.</param>
    /// <param name="reason">Why there is no answer.</param>
    /// <returns>Null when the place is shared, or has a form that cannot be edited.</returns>
    public IReadOnlyList<FileEdit>? Edits(SourceSpan place, IReadOnlyList<ImageNode> nodes, out string reason)
    {
        var layout = drafts.Layout(place.File);
        var found = layout.Roots.OfType<YamlMapping>().SelectMany(root => Find(root, place, isMeant: true)).ToList();
        var anchored = layout.Roots.OfType<YamlMapping>().SelectMany(root => Find(root, place, isMeant: false)).Where(each => YamlLayout.IsOwn(each.Mapping, each.Entry) && YamlLayout.IsWrittenHere(each.Entry));
        var users = nodes.Select(node => node.Entry).Distinct(StringComparer.Ordinal).Count();
        reason = found switch
        {
            [] => "nothing says what its context is, so it is the folder of the file",
            _ when found.Count > users => "others share it by an anchor",
            _ when layout.Token(found[0].Scalar) is null => "it is not a text on one line",
            _ when found[0].Scalar.Value.Contains('$', StringComparison.Ordinal) => "it is made with a variable",
            _ when BaseFolder(found[0].Scalar.Value, place.File) is null => "it is not relative to the file's folder",
            _ => "",
        };
        if (reason.Length > 0)
        {
            return null;
        }

        var (mapping, entry, scalar) = anchored.Append(found[0]).First();
        var context = PathText.Relative(BaseFolder(scalar.Value, place.File)!, move.To);
        var dockerfile = PathText.Relative(move.To, move.Build.Dockerfile.Value);
        var edits = entry.Key.Value == ContextKey && mapping.Find(ContextKey) == entry
            ? [layout.Replaced(scalar, context), Dockerfile(layout, mapping, entry, dockerfile)]
            : new[] { Short(layout, scalar, context, dockerfile) };
        reason = edits.Contains(null) ? "its layout is unusual" : "";
        return reason.Length > 0 ? null : [.. edits.Select(edit => new FileEdit(place.File, edit!.Value))];
    }

    private static TextEdit? Short(YamlLayout layout, YamlScalar scalar, string context, string dockerfile) =>
        layout.Token(scalar) is var (start, end) ? new TextEdit(start, end, $"{{ {ContextKey}: {YamlWord.Of(context)}, {DockerfileKey}: {YamlWord.Of(dockerfile)} }}") : null;

    private static TextEdit? Dockerfile(YamlLayout layout, YamlMapping mapping, YamlEntry context, string dockerfile) =>
        mapping.Find(DockerfileKey) is { Value: YamlScalar written } entry && YamlLayout.IsOwn(mapping, entry) && YamlLayout.IsWrittenHere(entry)
            ? layout.Replaced(written, dockerfile) : layout.Behind(mapping, context, $"{DockerfileKey}: {YamlWord.Of(dockerfile)}");

    /// <summary>All ways to a text: an anchor has several. What <c>x-…</c> at the top holds has a meaning only where it is referred to.</summary>
    private static IEnumerable<(YamlMapping Mapping, YamlEntry Entry, YamlScalar Scalar)> Find(YamlMapping mapping, SourceSpan place, bool isMeant)
    {
        foreach (var entry in mapping.Entries.Where(entry => !isMeant || !entry.Key.Value.StartsWith("x-", StringComparison.Ordinal)))
        {
            if (entry.Value is YamlScalar scalar && scalar.Span.Line == place.Line && scalar.Span.Column == place.Column)
            {
                yield return (mapping, entry, scalar);
            }

            if (entry.Value is YamlMapping inner)
            {
                foreach (var found in Find(inner, place, isMeant: false))
                {
                    yield return found;
                }
            }
        }
    }

    /// <summary>The folder that paths of the declaration are relative to: the file's, or that of the project which includes it.</summary>
    private string? BaseFolder(string written, string file)
    {
        for (var folder = Path.GetDirectoryName(file); folder is not null && ContextMove.IsIn(folder, move.Root); folder = Path.GetDirectoryName(folder))
        {
            if (!Path.IsPathRooted(written) && Path.TrimEndingDirectorySeparator(Path.GetFullPath(written, folder)) == move.From)
            {
                return folder;
            }
        }

        return null;
    }
}
