using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Planning;
using Orchestrator.Projects;
using Orchestrator.Publishing;
using Orchestrator.Tagging;
using Orchestrator.Tool.Findings;

namespace Orchestrator.Tool.Reporters;

/// <summary>
/// A run as events for another program, version 1: a JSON object on each line, with <c>version</c>, <c>time</c> and <c>event</c> first. Every event and
/// field is documented in nuget/docs/progress.md; what is there stays as it is in version 1, and more may come.
/// </summary>
internal sealed partial class JsonReporter(TextWriter output, TimeProvider time) : IRunReporter, IPublishReporter
{
    private const int Version = 1;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly ToldFindings _told = new();
    private readonly StepOutput _output = new();
    private IReadOnlyDictionary<string, TimeSpan> _durations = new Dictionary<string, TimeSpan>();

    public void Report(Diagnostic diagnostic)
    {
        if (!_told.Add(diagnostic))
        {
            return;
        }

        Event("diagnostic", json => FindingJson.Write(json, diagnostic));
    }

    public void Expect(IReadOnlyDictionary<string, TimeSpan> durations, int parallel) => _durations = durations;

    public void Waiting(string holder) => Event("waiting", json => json.WriteString("holder", holder));

    public void Planned(Plan plan) => Show(plan, []);

    public void Show(Plan plan, IReadOnlyList<ImageTags> tags)
    {
        var published = tags.ToDictionary(image => image.Node.Name, StringComparer.Ordinal);
        Event("planned", json =>
        {
            json.WriteString("graph", plan.Graph.Graph.Name);
            json.WriteStartArray("images");
            foreach (var image in plan.Images)
            {
                json.WriteStartObject();
                Name(json, image);
                json.WriteString("action", image.Action.Word());
                json.WriteString("reason", image.Reason);
                json.WriteString("key", image.Key?.Hex);
                JsonText.WriteTexts(json, "bases", image.Image.Bases);
                JsonText.WriteTexts(json, "after", image.Image.After);
                if (image.Action == PlanAction.Build && _durations.TryGetValue(image.Name, out var duration))
                {
                    JsonText.WriteSeconds(json, "expectedSeconds", duration);
                }

                if (published.TryGetValue(image.Name, out var names))
                {
                    JsonText.WriteTexts(json, "publish", names.Tags.Select(tag => tag.Reference.ToString()));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <summary>Only MSBuild's tasks ask for it.</summary>
    public void Publish(ProjectPublication publication)
    {
    }

    public void Say(string line) => Event("message", json => json.WriteString("text", line));

    public void Ended(IReadOnlyList<ImageResult> results, TimeSpan duration) => Event("ended", json =>
    {
        json.WriteBoolean("succeeded", results.All(result => result.IsSuccess));
        JsonText.WriteSeconds(json, "seconds", duration);
        json.WriteStartObject("outcomes");
        foreach (var group in results.GroupBy(result => result.Outcome).OrderBy(group => group.Key))
        {
            json.WriteNumber(ResultText.Word(group.Key), group.Count());
        }

        json.WriteEndObject();
    });

    /// <summary>One event at a time, so that their times are in order.</summary>
    private void Event(string name, Action<Utf8JsonWriter> write)
    {
        lock (_lock)
        {
            _buffer.ResetWrittenCount();
            using (var json = new Utf8JsonWriter(_buffer, Options))
            {
                json.WriteStartObject();
                json.WriteNumber("version", Version);
                json.WriteString("time", time.GetUtcNow());
                json.WriteString("event", name);
                write(json);
                json.WriteEndObject();
            }

            output.WriteLine(JsonText.NoCommand(Encoding.UTF8.GetString(_buffer.WrittenSpan)));
        }
    }

    private static void Name(Utf8JsonWriter json, PlannedImage image)
    {
        json.WriteString("image", image.Name);
        JsonText.WriteTexts(json, "tags", image.Image.Node.LocalNames.Select(name => name.Value.Familiar));
    }
}
