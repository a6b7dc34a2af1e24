using Orchestrator.BuildKit.Control;

namespace Orchestrator.Building;

/// <summary>One image while it is worked on: since when, what its steps said, and whether any of them may still run.</summary>
internal sealed class ImageRun(TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private readonly TaskCompletionSource _steps = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StepLog Log { get; } = new();

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    /// <summary>
    /// Done when no step of the image runs any more: what is left is to write its result down, which takes the engine's disk more than its processors, and so another image's
    /// steps can have their place. A build that is tried again after that asks for none.
    /// </summary>
    public Task Steps => _steps.Task;

    public void Take(SolveEvent news)
    {
        switch (news)
        {
            case LogChunk output:
                Log.Add(output);
                break;
            case VertexUpdate step:
                Log.Add(step);
                if (step.Started is not null && step.Name.StartsWith("exporting ", StringComparison.Ordinal))
                {
                    EndSteps();
                }

                break;
        }
    }

    /// <summary>Can be called again.</summary>
    public void EndSteps() => _steps.TrySetResult();
}
