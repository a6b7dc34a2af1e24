using Orchestrator.Building;
using Orchestrator.BuildKit.Control;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Tagging;

namespace Orchestrator.Tool.Reporters;

/// <summary>One line for each image with its action, reason and time; findings in the form that editors and CI systems recognise.</summary>
internal sealed class PlainReporter(TextWriter output, bool isQuiet) : IRunReporter
{
    private readonly Lock _lock = new();
    private readonly HashSet<Diagnostic> _told = [];

    public void Report(Diagnostic diagnostic)
    {
        lock (_lock)
        {
            if (_told.Add(diagnostic))
            {
                output.WriteLine(diagnostic);
            }
        }
    }

    public void Waiting(string holder) => Say($"waiting for {holder}, which is working on this graph");

    public void Pulling(ImageReference image) => Say($"pulling {image.Familiar}");

    public void Planned(Plan plan)
    {
    }

    public void Started(PlannedImage image) => Say($"building {image.Image.Node.DisplayName}: {image.Reason}");

    public void Progress(PlannedImage image, SolveEvent progress)
    {
    }

    public void Retrying(PlannedImage image, string reason, int attempt) => Say($"trying {image.Image.Node.DisplayName} again ({attempt}): {reason}");

    public void Finished(ImageResult result)
    {
        foreach (var diagnostic in result.Diagnostics)
        {
            Report(diagnostic);
        }

        Say(ResultText.Line(result));
    }

    public void Show(Plan plan, IReadOnlyList<ImageTags> tags)
    {
        var width = plan.Images.Select(image => image.Image.Node.DisplayName.Length).DefaultIfEmpty(0).Max();
        var published = tags.ToDictionary(image => image.Node.Name, StringComparer.Ordinal);
        foreach (var image in plan.Images)
        {
            Say($"{image.Image.Node.DisplayName.PadRight(width)}  {image.Action.Word(),-10}  {image.Reason}");
            if (published.TryGetValue(image.Name, out var names) && names.Tags.Count > 0)
            {
                Say($"{new string(' ', width)}  would be published as {TagsText.Line(names)}");
            }
        }

        foreach (var use in plan.Images.SelectMany(image => FloatingReference.Of(image.Image, plan.Locked).Select(reference => (reference, image.Image.Node.DisplayName))).GroupBy(use => use.reference.Reference, StringComparer.Ordinal))
        {
            var users = string.Join(", ", use.Select(user => user.DisplayName));
            Say($"floating: {use.Key} ({users}), {(use.First().reference.IsContentKnown ? "as the engine has it now" : "whose changes are not noticed")}; pin it to build the same everywhere");
        }
    }

    public void Say(string line)
    {
        if (!isQuiet)
        {
            lock (_lock)
            {
                output.WriteLine(line);
            }
        }
    }

    public void Ended(IReadOnlyList<ImageResult> results, TimeSpan duration) => Say(ResultText.Summary(results, duration));
}
