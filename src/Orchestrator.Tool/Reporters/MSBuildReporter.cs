using System.Globalization;
using Orchestrator.Building;
using Orchestrator.BuildKit.Control;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Projects;
using Orchestrator.Tagging;
using Orchestrator.Tool.CiLogs;
using Orchestrator.Tool.Findings;

namespace Orchestrator.Tool.Reporters;

/// <summary>
/// The line protocol of Orchestrator.Tasks, version 1: one event per line, fields joined by <c>|</c>. No line of a container's output can pass for
/// anything that MSBuild understands, because MSBuild never sees these lines unparsed.
/// </summary>
internal sealed class MSBuildReporter(TextWriter output, CiLog log) : IRunReporter
{
    private const string Version = "orc1";

    private readonly Lock _lock = new();
    private readonly ToldFindings _told = new();
    private readonly StepOutput _output = new();

    public void Report(Diagnostic diagnostic)
    {
        if (!_told.Add(diagnostic))
        {
            return;
        }

        if (diagnostic.Severity == Severity.Message)
        {
            Message("high", diagnostic.ToString());
            return;
        }

        var span = diagnostic.Span;
        Line(
            diagnostic.Severity == Severity.Error ? "error" : "warning", diagnostic.Code, diagnostic.HelpLink, span.File,
            Number(span.Line), Number(span.Column), Number(span.EndLine), Number(span.EndColumn), log.Neutral(Message(diagnostic)));
    }

    public void Waiting(string holder) => Message("high", $"waiting for {holder}, which is working on this graph");

    public void Pulling(ImageReference image) => Message("high", $"pulling {image.Familiar}");

    public void Planned(Plan plan)
    {
        foreach (var image in plan.Images)
        {
            Message("normal", $"{image.Image.Node.DisplayName}: {image.Action.Word()}, {image.Reason}");
        }
    }

    public void Started(PlannedImage image) => Message("normal", $"building {image.Image.Node.DisplayName}: {image.Reason}");

    public void Progress(PlannedImage image, SolveEvent progress)
    {
        switch (progress)
        {
            case VertexUpdate { Started: not null, Completed: null } step:
                Message("low", $"{image.Image.Node.DisplayName}: {VisibleLine.Of(step.Name)}");
                break;
            case LogChunk text:
                Written(image, _output.Add(image.Name, text));
                break;
        }
    }

    public void Retrying(PlannedImage image, string reason, int attempt) => Message("high", $"trying {image.Image.Node.DisplayName} again ({attempt}): {reason}");

    public void Finished(ImageResult result)
    {
        Written(result.Planned, _output.End(result.Planned.Name).Select(rest => rest.Line));
        foreach (var diagnostic in result.Diagnostics)
        {
            Report(diagnostic);
        }

        var word = ResultText.Word(result.Outcome);
        Message("high", $"images -> {result.Planned.Image.Node.DisplayName} ({(result.Outcome == BuildOutcome.Built ? $"{word}, {ResultText.Seconds(result.Duration)}" : word)})");
        Item(result.Planned, result.Outcome is BuildOutcome.Failed or BuildOutcome.Cancelled ? word : result.Planned.Action.Word(), result.ImageId, result.Duration);
    }

    public void Show(Plan plan, IReadOnlyList<ImageTags> tags)
    {
        var published = tags.ToDictionary(image => image.Node.Name, image => string.Join(';', image.Tags.Select(tag => tag.Reference)), StringComparer.Ordinal);
        foreach (var image in plan.Images)
        {
            Message("high", $"{image.Image.Node.DisplayName}: {image.Action.Word()}, {image.Reason}");
            Item(image, image.Action.Word(), image.ImageId ?? "", TimeSpan.Zero, ["PublishTags=" + published.GetValueOrDefault(image.Name)]);
        }
    }

    public void Say(string line) => Message("high", line);

    public void Publish(ProjectPublication publication) => Line(["project", publication.ProjectFile, .. publication.Properties.Select(property => $"{property.Key}={property.Value}")]);

    /// <summary>In the one form that MSBuild's terminal logger shows: the last "project -> path" becomes the project's line. The task says the project's name for "images".</summary>
    public void Ended(IReadOnlyList<ImageResult> results, TimeSpan duration) =>
        Message("high", "images -> " + ResultText.Summary(results, duration));

    private void Written(PlannedImage image, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Message("low", $"{image.Image.Node.DisplayName}: {line}");
        }
    }

    private void Item(PlannedImage image, string action, string imageId, TimeSpan duration, params string[] more)
    {
        var names = image.Image.Node.LocalNames.Select(name => name.Value.Familiar).ToList();
        Line([
            "image", image.Name, "Reference=" + names[0], "ImageId=" + imageId, "Digest=" + (image.Action is PlanAction.Present or PlanAction.Pull ? image.Remembered?.Reference.Digest : ""), "Key=" + image.Key?.Hex, "Action=" + action, "Reason=" + image.Reason,
            "Tags=" + string.Join(';', names), "Bases=" + string.Join(';', image.Image.Bases),
            "DurationSeconds=" + duration.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture), .. more]);
    }

    /// <summary>MSBuild shows a link by itself, and nothing else of what to do.</summary>
    private static string Message(Diagnostic diagnostic) =>
        diagnostic.HelpLink.Length > 0 ? diagnostic.Message : diagnostic.Message + (diagnostic.Message.Contains('\n', StringComparison.Ordinal) ? "\n  help: " : " ") + diagnostic.Help;

    private void Message(string importance, string text) => Line("message", importance, log.Neutral(text));

    private void Line(params string[] fields)
    {
        var line = Version + "|" + string.Join('|', fields.Select(Escape));
        lock (_lock)
        {
            output.WriteLine(line);
        }
    }

    private static string Escape(string field) => field
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\p", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
