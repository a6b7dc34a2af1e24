using System.Globalization;
using Orchestrator.Building;
using Orchestrator.BuildKit.Control;

namespace Orchestrator.Tool.CiLogs;

/// <summary>The steps of one image and what they wrote, for a log in which images stand one after another. Not for several threads at once.</summary>
internal sealed class ImageLog
{
    /// <summary>Of one image; a log of more is not read, and all of them are kept in memory until the image is done.</summary>
    private const int MostLines = 10_000;

    private readonly Dictionary<string, Step> _steps = new(StringComparer.Ordinal);
    private int _lines;
    private int _left;

    public void Take(SolveEvent news)
    {
        switch (news)
        {
            case VertexUpdate update:
                StepOf(update.Digest).Update = update;
                break;
            case LogChunk output:
                var step = StepOf(output.Vertex);
                foreach (var line in step.Output.Add(output.Data.Span))
                {
                    Keep(step, line);
                }

                break;
        }
    }

    /// <summary>Each step that ran, and its lines below it; of the housekeeping only what failed or wrote something.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var step in _steps.Values.Where(IsTold).OrderBy(step => step.Update?.Started))
        {
            yield return Title(step.Update);
            foreach (var line in step.Lines.Append(step.Output.Rest).Where(line => line.Length > 0))
            {
                yield return "  | " + line;
            }
        }

        if (_left > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{_left} further lines are left out");
        }
    }

    private static bool IsTold(Step step) => step.Update is null || step.Lines.Count > 0 || step.Update.Error.Length > 0
        || (step.Update.Started is not null && !step.Update.Name.StartsWith("[internal] ", StringComparison.Ordinal) && !step.Update.Name.StartsWith("[context ", StringComparison.Ordinal));

    private void Keep(Step step, string line)
    {
        if (_lines++ < MostLines)
        {
            step.Lines.Add(line);
        }
        else
        {
            _left++;
        }
    }

    private Step StepOf(string digest)
    {
        if (!_steps.TryGetValue(digest, out var step))
        {
            _steps.Add(digest, step = new Step());
        }

        return step;
    }

    private static string Title(VertexUpdate? step)
    {
        var name = (step?.Name ?? "").ReplaceLineEndings(" ");
        return step switch
        {
            null => "",
            { Cached: true } => $"{name}  cached",
            { Started: { } start, Completed: { } end } => string.Create(CultureInfo.InvariantCulture, $"{name}  {(end - start).TotalSeconds:0.0} s{(step.Error.Length > 0 ? ", failed" : "")}"),
            _ => $"{name}  not ended",
        };
    }

    private sealed class Step
    {
        public VertexUpdate? Update { get; set; }

        public LogLines Output { get; } = new();

        public List<string> Lines { get; } = [];
    }
}
