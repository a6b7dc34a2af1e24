using Orchestrator.Building;
using Orchestrator.BuildKit.Control;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Tool.Reporters;

/// <content>What happens to images that are pulled and built.</content>
internal sealed partial class JsonReporter
{
    public void Pulling(ImageReference image) => Event("pull-started", json => json.WriteString("reference", image.Familiar));

    public void Pulled(ImageReference image, long bytes, long total) => Event("pull-progress", json =>
    {
        json.WriteString("reference", image.Familiar);
        json.WriteNumber("bytes", bytes);
        json.WriteNumber("totalBytes", total);
    });

    public void PullEnded(ImageReference image) => Event("pull-ended", json => json.WriteString("reference", image.Familiar));

    public void Started(PlannedImage image) => Event("image-started", json =>
    {
        json.WriteString("image", image.Name);
        json.WriteString("reason", image.Reason);
    });

    public void Progress(PlannedImage image, SolveEvent progress)
    {
        switch (progress)
        {
            case VertexUpdate step:
                Step(image, step);
                break;
            case ProgressUpdate part:
                Event("step-progress", json =>
                {
                    json.WriteString("image", image.Name);
                    json.WriteString("step", part.Vertex);
                    json.WriteString("part", part.Id);
                    json.WriteNumber("current", part.Current);
                    json.WriteNumber("total", part.Total);
                    json.WriteBoolean("ended", part.Completed is not null);
                });
                break;
            case LogChunk text:
                foreach (var line in _output.Add(image.Name, text))
                {
                    Line(image.Name, text.Vertex, text.Stream, line);
                }

                break;
        }
    }

    public void Retrying(PlannedImage image, string reason, int attempt) => Event("image-retried", json =>
    {
        json.WriteString("image", image.Name);
        json.WriteNumber("attempt", attempt);
        json.WriteString("reason", reason);
    });

    public void Finished(ImageResult result)
    {
        foreach (var diagnostic in result.Diagnostics)
        {
            Report(diagnostic);
        }

        foreach (var (step, stream, line) in _output.End(result.Planned.Name))
        {
            Line(result.Planned.Name, step, stream, line);
        }

        Event("image-ended", json =>
        {
            Name(json, result.Planned);
            json.WriteString("outcome", ResultText.Word(result.Outcome));
            json.WriteString("reason", result.Planned.Reason);
            json.WriteString("key", result.Planned.Key?.Hex);
            json.WriteString("imageId", JsonText.Known(result.ImageId));
            json.WriteNumber("bytes", result.Size);
            JsonText.WriteSeconds(json, "seconds", result.Duration);
        });
    }

    private void Step(PlannedImage image, VertexUpdate step)
    {
        var state = step switch
        {
            { Error.Length: > 0 } => "failed",
            { Cached: true } => "cached",
            { Completed: not null } => "done",
            { Started: not null } => "running",
            _ => "waiting",
        };
        Event("step", json =>
        {
            json.WriteString("image", image.Name);
            json.WriteString("step", step.Digest);
            json.WriteString("name", step.Name);
            json.WriteString("state", state);
            if (step is { Started: { } start, Completed: { } end })
            {
                JsonText.WriteSeconds(json, "seconds", end - start);
            }

            if (state == "failed")
            {
                json.WriteString("error", step.Error);
            }
        });
    }

    private void Line(string image, string step, LogStream stream, string line) => Event("log", json =>
    {
        json.WriteString("image", image);
        json.WriteString("step", step);
        json.WriteString("stream", stream == LogStream.Error ? "stderr" : "stdout");
        json.WriteString("text", line);
    });
}
