using System.Text.Json;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Reports;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Pages;

/// <summary>
/// A report for another program, version 1. Every field is documented in nuget/docs/progress.md; what is there stays as it is in version 1, and more may come.
/// </summary>
internal static class ReportJson
{
    private const int Version = 1;

    public static byte[] Of(RunReport report)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("graph", Known(report.Graph));
            json.WriteString("file", Known(report.File));
            json.WriteString("started", report.Started);
            Seconds(json, "seconds", report.Duration);
            Seconds(json, "plannedSeconds", report.PlannedAfter);
            json.WriteBoolean("succeeded", report.Succeeded);
            Array(json, "images", report.Images, Image);
            GraphText.WriteStrings(json, "criticalPath", report.CriticalPath);
            Array(json, "pulls", report.Pulls, Pull);
            Array(json, "diagnostics", report.Diagnostics, Finding);
            Previous(json, report.Comparison);
            json.WriteEndObject();
        }

        return [.. buffer.ToArray(), (byte)'\n'];
    }

    private static void Image(Utf8JsonWriter json, ReportedImage image)
    {
        json.WriteString("image", image.Name);
        GraphText.WriteStrings(json, "tags", image.Tags);
        json.WriteNumber("wave", image.Wave);
        GraphText.WriteStrings(json, "bases", image.Bases);
        GraphText.WriteStrings(json, "externals", image.Externals);
        json.WriteString("action", image.Action.Word());
        json.WriteString("outcome", ResultText.Word(image.Outcome));
        json.WriteString("reason", image.Reason);
        json.WriteString("key", image.Key);
        json.WriteString("imageId", Known(image.ImageId));
        json.WriteNumber("bytes", image.Size);
        Seconds(json, "startedSeconds", image.Started);
        Seconds(json, "seconds", image.Duration);
        json.WriteNumber("retries", image.Retries);
        Array(json, "steps", image.Steps, Step);
        Array(json, "layers", image.Layers, Layer);
    }

    private static void Step(Utf8JsonWriter json, ReportedStep step)
    {
        json.WriteString("name", step.Name);
        json.WriteString("state", Words.Of(step.State));
        Seconds(json, "startedSeconds", step.Started);
        Seconds(json, "endedSeconds", step.Ended);
        Seconds(json, "seconds", step.Duration);
        json.WriteString("error", Known(step.Error));
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
        Seconds(json, "startedSeconds", pull.Started);
        Seconds(json, "seconds", pull.Duration);
    }

    private static void Finding(Utf8JsonWriter json, Diagnostic diagnostic) => FindingJson.Write(json, diagnostic);

    private static void Previous(Utf8JsonWriter json, BuildComparison? comparison)
    {
        if (comparison is null)
        {
            json.WriteNull("previous");
            return;
        }

        json.WriteStartObject("previous");
        json.WriteString("started", comparison.Past.Started);
        Seconds(json, "seconds", comparison.Past.Duration);
        Array(json, "images", comparison.Images, Compared);
        GraphText.WriteStrings(json, "added", comparison.Added);
        GraphText.WriteStrings(json, "removed", comparison.Removed);
        json.WriteEndObject();
    }

    private static void Compared(Utf8JsonWriter json, ImageComparison image)
    {
        json.WriteString("image", image.Name);
        Seconds(json, "secondsBefore", image.DurationBefore);
        Seconds(json, "seconds", image.Duration);
        json.WriteNumber("bytesBefore", image.SizeBefore);
        json.WriteNumber("bytes", image.Size);
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Seconds(Utf8JsonWriter json, string name, TimeSpan? duration)
    {
        if (duration is { } known)
        {
            json.WriteNumber(name, Math.Round(known.TotalSeconds, 3));
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string? Known(string text) => text.Length > 0 ? text : null;
}
