using System.Text;
using System.Text.Json;
using Orchestrator.Graph;
using Orchestrator.Tagging;

namespace Orchestrator.Tool.Reporters;

/// <summary>The tags of a release, for a person and as JSON, version 1.</summary>
internal static class TagsText
{
    public static string Table(ReleaseFacts facts, IReadOnlyList<ImageTags> images)
    {
        var text = new StringBuilder();
        Line(text, "version", facts.Version.Value?.ToNormalizedString(), facts.Version.Words);
        Line(text, "commit", facts.Commit.Value is { } commit ? commit + (facts.IsDirty ? "-dirty" : "") : null, facts.Commit.Words);
        Line(text, "branch", facts.Branch.Value, facts.Branch.Words);
        var width = images.SelectMany(image => image.Tags).Select(tag => tag.Tag.Length).DefaultIfEmpty(0).Max();
        foreach (var image in images)
        {
            text.Append('\n').Append(image.Node.DisplayName).Append(image.Tags.Count == 0 ? ": not published\n" : "\n");
            foreach (var name in image.Tags.GroupBy(tag => Name(tag.Reference), StringComparer.Ordinal))
            {
                text.Append("  ").Append(name.Key).Append('\n');
                foreach (var tag in name)
                {
                    text.Append("    ").Append(tag.Tag.PadRight(width)).Append("  ").Append(Word(tag.Class)).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    /// <summary>On one line: <c>ghcr.io/acme/api:1.4.0, 1.4, latest</c>.</summary>
    public static string Line(ImageTags image) =>
        string.Join("; ", image.Tags.GroupBy(tag => Name(tag.Reference), StringComparer.Ordinal).Select(name => $"{name.Key}:{string.Join(", ", name.Select(tag => tag.Tag))}"));

    public static string Json(ImageGraph graph, ReleaseFacts facts, IReadOnlyList<ImageTags> images) => JsonText.Of(graph.Name, json =>
    {
        WriteRelease(json, facts);
        JsonText.WriteObjects(json, "images", images, image =>
        {
            json.WriteString("name", image.Node.Name);
            WriteTags(json, image);
        });
    });

    public static void WriteRelease(Utf8JsonWriter json, ReleaseFacts facts)
    {
        json.WriteStartObject("release");
        json.WriteString("version", facts.Version.Value?.ToNormalizedString());
        json.WriteString("commit", facts.Commit.Value);
        json.WriteBoolean("dirty", facts.IsDirty);
        json.WriteString("branch", facts.Branch.Value);
        json.WriteEndObject();
    }

    public static void WriteTags(Utf8JsonWriter json, ImageTags image) => JsonText.WriteObjects(json, "publish", image.Tags, tag =>
    {
        json.WriteString("reference", tag.Reference.ToString());
        json.WriteString("class", Word(tag.Class));
        json.WriteString("standsFor", tag.StandsFor?.ToNormalizedString());
        json.WriteString("template", tag.Template.Text);
    });

    private static void Line(StringBuilder text, string name, string? value, string words) =>
        text.Append(name.PadRight(9)).Append(value ?? "none").Append(" (").Append(words).Append(")\n");

    private static string Name(ImageReference reference) => (reference with { Tag = null }).Familiar;

    private static string Word(TagClass kind) => kind switch
    {
        TagClass.Full => "full",
        TagClass.Commit => "commit",
        _ => "moving",
    };
}
