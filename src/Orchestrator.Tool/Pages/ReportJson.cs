using System.Text.Json;
using Orchestrator.Planning;
using Orchestrator.Reports;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Pages;

/// <summary>
/// A report for another program, version 1. Every field is documented in nuget/docs/progress.md; what is there stays as it is in version 1, and more may come.
/// </summary>
internal static class ReportJson
{
    public static string Of(RunReport report) => JsonText.Of(report.Graph, json =>
    {
        json.WriteString("file", report.File);
        json.WriteString("started", report.Started);
        JsonText.WriteSeconds(json, "seconds", report.Duration);
        JsonText.WriteSeconds(json, "plannedSeconds", report.PlannedAfter);
        json.WriteBoolean("succeeded", report.Succeeded);
        JsonText.WriteObjects(json, "images", report.Images, image => Image(json, image));
        JsonText.WriteTexts(json, "criticalPath", report.CriticalPath);
        JsonText.WriteObjects(json, "pulls", report.Pulls, pull => Pull(json, pull));
        JsonText.WriteObjects(json, "diagnostics", report.Diagnostics, diagnostic => FindingJson.Write(json, diagnostic));
        Previous(json, report.Comparison);
    });

    private static void Image(Utf8JsonWriter json, ReportedImage image)
    {
        json.WriteString("image", image.Name);
        JsonText.WriteTexts(json, "tags", image.Tags);
        json.WriteNumber("wave", image.Wave);
        JsonText.WriteTexts(json, "bases", image.Bases);
        JsonText.WriteTexts(json, "after", image.After);
        JsonText.WriteTexts(json, "externals", image.Externals);
        json.WriteString("action", image.Action.Word());
        json.WriteString("outcome", ResultText.Word(image.Outcome));
        json.WriteString("reason", image.Reason);
        json.WriteString("key", image.Key);
        json.WriteString("imageId", JsonText.Known(image.ImageId));
        json.WriteNumber("bytes", image.Size);
        JsonText.WriteSeconds(json, "startedSeconds", image.Started);
        JsonText.WriteSeconds(json, "seconds", image.Duration);
        json.WriteNumber("retries", image.Retries);
        JsonText.WriteObjects(json, "steps", image.Steps, step => Step(json, step));
        JsonText.WriteObjects(json, "layers", image.Layers, layer => Layer(json, layer));
    }

    private static void Step(Utf8JsonWriter json, ReportedStep step)
    {
        json.WriteString("name", step.Name);
        json.WriteString("state", Words.Of(step.State));
        JsonText.WriteSeconds(json, "startedSeconds", step.Started);
        JsonText.WriteSeconds(json, "endedSeconds", step.Ended);
        JsonText.WriteSeconds(json, "seconds", step.Duration);
        json.WriteString("error", JsonText.Known(step.Error));
    }

    private static void Layer(Utf8JsonWriter json, ReportedLayer layer)
    {
        json.WriteString("createdBy", layer.CreatedBy);
        json.WriteNumber("bytes", layer.Size);
        json.WriteString("from", layer.From);
    }

    private static void Pull(Utf8JsonWriter json, ReportedPull pull)
    {
        json.WriteString("reference", pull.Reference);
        JsonText.WriteSeconds(json, "startedSeconds", pull.Started);
        JsonText.WriteSeconds(json, "seconds", pull.Duration);
    }

    private static void Previous(Utf8JsonWriter json, BuildComparison? comparison)
    {
        if (comparison is null)
        {
            json.WriteNull("previous");
            return;
        }

        json.WriteStartObject("previous");
        json.WriteString("started", comparison.Past.Started);
        JsonText.WriteSeconds(json, "seconds", comparison.Past.Duration);
        JsonText.WriteObjects(json, "images", comparison.Images, image => Compared(json, image));
        JsonText.WriteTexts(json, "added", comparison.Added);
        JsonText.WriteTexts(json, "removed", comparison.Removed);
        json.WriteEndObject();
    }

    private static void Compared(Utf8JsonWriter json, ImageComparison image)
    {
        json.WriteString("image", image.Name);
        JsonText.WriteSeconds(json, "secondsBefore", image.DurationBefore);
        JsonText.WriteSeconds(json, "seconds", image.Duration);
        json.WriteNumber("bytesBefore", image.SizeBefore);
        json.WriteNumber("bytes", image.Size);
    }
}
