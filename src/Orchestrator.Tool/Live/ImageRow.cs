using Orchestrator.Diagnostics;

namespace Orchestrator.Tool.Live;

/// <summary>An image that is being built.</summary>
/// <param name="name">As people call it.</param>
/// <param name="started">Since the run began.</param>
internal sealed class ImageRow(string name, TimeSpan started)
{
    private readonly Dictionary<string, StepRow> _steps = new(StringComparer.Ordinal);
    private int _begun;

    public string Name { get; } = name;

    public TimeSpan Started { get; } = started;

    /// <summary>Why the image is built again after a failure that may pass; null: it is not.</summary>
    public string? Note { get; set; }

    /// <summary>What is worth showing: of the steps that run the one that began last, the user's before housekeeping; else what ran last.</summary>
    public StepRow? Current => _steps.Values.Where(step => step.Order > 0)
        .OrderByDescending(step => step.IsRunning).ThenBy(step => step.IsHousekeeping && !step.Bytes.IsLarge).ThenByDescending(step => step.Order).FirstOrDefault();

    public void Step(string digest, string name, bool hasBegun, bool hasEnded)
    {
        if (!_steps.TryGetValue(digest, out var step))
        {
            _steps.Add(digest, step = new StepRow(VisibleLine.Of(name)));
        }

        if (hasBegun && !hasEnded && !step.IsRunning)
        {
            step.Order = ++_begun;
        }

        step.IsRunning = hasBegun && !hasEnded;
    }

    public void Bytes(string digest, string part, Transfer bytes)
    {
        if (_steps.TryGetValue(digest, out var step))
        {
            step.Take(part, bytes);
        }
    }
}
