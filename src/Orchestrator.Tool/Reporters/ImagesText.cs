using System.Text.Json;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Tool.Live;

namespace Orchestrator.Tool.Reporters;

/// <summary>What an engine has of a graph's images, for a person and as JSON, version 1.</summary>
internal static class ImagesText
{
    private static readonly string[] Heads = ["image", "state", "size", "age", "built on", "names"];

    public static string Table(IReadOnlyList<EngineImage> images, DateTimeOffset now)
    {
        var rows = images.Select(image => Cells(image, now)).Prepend(Heads).ToList();
        var widths = Enumerable.Range(0, Heads.Length).Select(column => rows.Max(row => row[column].Length)).ToList();
        return string.Concat(rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd() + "\n"));
    }

    public static string Json(ImageGraph graph, IReadOnlyList<EngineImage> images) =>
        JsonText.Of(graph.Name, json => JsonText.WriteObjects(json, "images", images, image => Write(json, image)));

    private static string[] Cells(EngineImage image, DateTimeOffset now) =>
    [
        image.Planned.Image.Node.DisplayName,
        State(image),
        image.Found is { } sized ? ByteText.Of(sized.Size) : "",
        image.Found is { } found ? ClockText.Age(now - DateTimeOffset.FromUnixTimeSeconds(found.Created)) : "",
        string.Join(", ", image.Planned.Image.Bases),
        string.Join(", ", image.Names),
    ];

    /// <summary>An older build may be here although the image would be built now.</summary>
    private static string State(EngineImage image) => (image.Planned.Action, image.Found) switch
    {
        (PlanAction.Build or PlanAction.Pull, not null) => "out of date",
        (PlanAction.Build or PlanAction.Pull or PlanAction.Blocked, null) => "not here",
        _ => image.Planned.Action.Word(),
    };

    private static void Write(Utf8JsonWriter json, EngineImage image)
    {
        json.WriteString("name", image.Planned.Name);
        json.WriteString("key", image.Planned.Key?.Hex);
        json.WriteString("action", image.Planned.Action.Word());
        json.WriteString("reason", image.Planned.Reason);
        json.WriteString("imageId", image.Found?.Id);
        if (image.Found is { } found)
        {
            json.WriteNumber("size", found.Size);
            json.WriteString("created", DateTimeOffset.FromUnixTimeSeconds(found.Created));
        }

        JsonText.WriteTexts(json, "bases", image.Planned.Image.Bases);
        JsonText.WriteTexts(json, "names", image.Names);
    }
}
