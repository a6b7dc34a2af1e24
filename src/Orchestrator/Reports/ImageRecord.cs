using Orchestrator.Building;
using Orchestrator.BuildKit.Control;
using Orchestrator.Planning;

namespace Orchestrator.Reports;

/// <summary>What is known of an image while a run goes on.</summary>
internal sealed class ImageRecord(int wave, PlanAction action)
{
    private readonly Dictionary<string, StepTimes> _steps = new(StringComparer.Ordinal);
    private ImageResult? _result;
    private TimeSpan _ended;

    public int Retries { get; set; }

    public void Take(VertexUpdate update)
    {
        if (!_steps.TryGetValue(update.Digest, out var step))
        {
            _steps.Add(update.Digest, step = new StepTimes());
        }

        step.Take(update);
    }

    public void End(ImageResult result, TimeSpan at) => (_result, _ended) = (result, at);

    /// <returns>Null when it never ended.</returns>
    public ReportedImage? Report(DaemonClock clock)
    {
        if (_result is not { Planned: var planned } result)
        {
            return null;
        }

        var started = _ended - result.Duration;
        return new ReportedImage
        {
            Name = planned.Name,
            Tags = [.. planned.Image.Node.LocalNames.Select(name => name.Value.Familiar)],
            Wave = wave,
            Bases = planned.Image.Bases,
            After = planned.Image.After,
            Externals = [.. planned.Image.Externals.Select(use => use.Source.Familiar).Distinct(StringComparer.Ordinal)],
            Action = action,
            Reason = planned.Reason,
            Outcome = result.Outcome,
            IsSuccess = result.IsSuccess,
            Key = planned.Key?.Hex,
            ImageId = result.ImageId,
            Size = result.Size,
            Started = started > TimeSpan.Zero ? started : TimeSpan.Zero,
            Duration = result.Duration,
            Retries = Retries,
            Steps = [.. _steps.Values.Where(step => step.Started is not null).Select(step => step.Report(clock.Place, _ended)).OrderBy(step => step.Started)],
        };
    }
}
