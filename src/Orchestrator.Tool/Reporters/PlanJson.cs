using System.Text;
using System.Text.Json;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Tagging;

namespace Orchestrator.Tool.Reporters;

/// <summary>A plan as JSON, version 1.</summary>
internal static class PlanJson
{
    public static string Write(Plan plan, ReleaseFacts facts, IReadOnlyList<ImageTags> tags, DiagnosticBag problems)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteString("graph", plan.Graph.Graph.Name);
            TagsText.WriteRelease(json, facts);
            GraphText.WriteStrings(json, "publishProblems", problems.Items.Select(problem => problem.ToString()));
            json.WriteStartArray("images");
            foreach (var (image, published) in plan.Images.Zip(tags))
            {
                Write(json, image, published, plan.Locked);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, PlannedImage image, ImageTags published, IReadOnlySet<ImageReference> locked)
    {
        json.WriteStartObject();
        json.WriteString("name", image.Name);
        GraphText.WriteStrings(json, "tags", image.Image.Node.LocalNames.Select(name => name.Value.Familiar));
        json.WriteString("action", image.Action.Word());
        json.WriteString("reason", image.Reason);
        json.WriteString("key", image.Key?.Hex);
        json.WriteString("imageId", image.ImageId);
        GraphText.WriteStrings(json, "bases", image.Image.Edges.Select(edge => edge.To).Distinct(StringComparer.Ordinal));
        TagsText.WriteTags(json, published);
        GraphText.WriteStrings(json, "externals", image.Image.Externals.Select(use => use.Source.Familiar));
        GraphText.WriteStrings(json, "floating", FloatingReference.Of(image.Image, locked).Select(reference => reference.Reference));
        json.WriteEndObject();
    }
}
