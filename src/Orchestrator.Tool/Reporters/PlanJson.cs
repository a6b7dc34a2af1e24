using System.Text.Json;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Tagging;

namespace Orchestrator.Tool.Reporters;

/// <summary>A plan as JSON, version 1.</summary>
internal static class PlanJson
{
    public static string Write(Plan plan, ReleaseFacts facts, IReadOnlyList<ImageTags> tags, DiagnosticBag problems) => JsonText.Of(plan.Graph.Graph.Name, json =>
    {
        TagsText.WriteRelease(json, facts);
        JsonText.WriteTexts(json, "publishProblems", problems.Items.Select(problem => problem.ToString()));
        JsonText.WriteObjects(json, "images", plan.Images.Zip(tags), item => Write(json, item.First, item.Second, plan.Locked));
    });

    private static void Write(Utf8JsonWriter json, PlannedImage image, ImageTags published, LockedSources locked)
    {
        json.WriteString("name", image.Name);
        JsonText.WriteTexts(json, "tags", image.Image.Node.LocalNames.Select(name => name.Value.Familiar));
        json.WriteString("action", image.Action.Word());
        json.WriteString("reason", image.Reason);
        json.WriteString("key", image.Key?.Hex);
        json.WriteString("imageId", image.ImageId);
        JsonText.WriteTexts(json, "bases", image.Image.Bases);
        JsonText.WriteTexts(json, "after", image.Image.After);
        TagsText.WriteTags(json, published);
        JsonText.WriteTexts(json, "externals", image.Image.Externals.Select(use => use.Source.Familiar));
        JsonText.WriteTexts(json, "floating", FloatingReference.Of(image.Image, locked).Select(reference => reference.Reference));
    }
}
