using Orchestrator.Building;
using Orchestrator.BuildKit.Control;
using Orchestrator.Changes;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.State;

namespace Orchestrator.Reports;

/// <summary>Keeps what a run tells, for a report. Nothing of it is written before somebody asks.</summary>
/// <param name="stateDirectory">The user's cache folder, where builds are remembered.</param>
/// <param name="time">The clock.</param>
internal sealed class RunRecorder(string stateDirectory, TimeProvider time) : IBuildReporter
{
    private readonly Lock _lock = new();
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<(string Code, SourceSpan Span, string Text)> _told = [];
    private readonly Dictionary<string, ImageRecord> _images = new(StringComparer.Ordinal);
    private readonly Dictionary<ImageReference, TimeSpan> _pulling = [];
    private readonly List<ReportedPull> _pulls = [];
    private DateTimeOffset _started = time.GetUtcNow();
    private long _start = time.GetTimestamp();
    private DaemonClock _clock = new(time.GetUtcNow());
    private ImageGraph? _graph;
    private Plan? _plan;
    private PastBuild? _past;
    private TimeSpan? _plannedAfter;
    private TimeSpan? _duration;

    private TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>The work begins; all times are after this.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            (_started, _start) = (time.GetUtcNow(), time.GetTimestamp());
            _clock = new DaemonClock(_started);
        }
    }

    public void Loaded(ImageGraph graph)
    {
        lock (_lock)
        {
            _graph = graph;
        }
    }

    public void Report(Diagnostic diagnostic)
    {
        lock (_lock)
        {
            // As everywhere: what two images meet in one step is one finding.
            if (_told.Add((diagnostic.Code, diagnostic.Span, diagnostic.Cause ?? diagnostic.Message)))
            {
                _diagnostics.Add(diagnostic);
            }
        }
    }

    public void Waiting(string holder)
    {
    }

    public void Pulling(ImageReference image)
    {
        lock (_lock)
        {
            _pulling.TryAdd(image, Now);
        }
    }

    public void PullEnded(ImageReference image)
    {
        lock (_lock)
        {
            if (_pulling.Remove(image, out var started))
            {
                _pulls.Add(new ReportedPull(image.Familiar, started, Now - started));
            }
        }
    }

    public void Planned(Plan plan)
    {
        var past = new PastBuilds(new GraphState(stateDirectory, plan.Graph.Graph.File)).Read();
        var waves = BuildWave.Of(plan.Images.Select(image => image.Image));
        var actions = plan.Images.ToDictionary(image => image.Name, image => image.Action, StringComparer.Ordinal);
        lock (_lock)
        {
            (_plan, _past, _plannedAfter) = (plan, past, Now);
            foreach (var (wave, images) in waves.Index())
            {
                foreach (var image in images)
                {
                    _images[image.Name] = new ImageRecord(wave, actions[image.Name]);
                }
            }
        }
    }

    public void Started(PlannedImage image)
    {
    }

    public void Progress(PlannedImage image, SolveEvent progress)
    {
        if (progress is VertexUpdate step)
        {
            lock (_lock)
            {
                _images.GetValueOrDefault(image.Name)?.Take(step);
                if ((step.Completed ?? step.Started) is { } happened)
                {
                    _clock.Take(happened, _started + Now);
                }
            }
        }
    }

    public void Retrying(PlannedImage image, string reason, int attempt)
    {
        lock (_lock)
        {
            if (_images.TryGetValue(image.Name, out var record))
            {
                record.Retries = attempt;
            }
        }
    }

    public void Finished(ImageResult result)
    {
        foreach (var diagnostic in result.Diagnostics)
        {
            Report(diagnostic);
        }

        lock (_lock)
        {
            _images.GetValueOrDefault(result.Planned.Name)?.End(result, Now);
        }
    }

    /// <summary>All images are done; what comes now is tidying up.</summary>
    public void Ended()
    {
        lock (_lock)
        {
            _duration = Now;
        }
    }

    /// <summary>What is known by now.</summary>
    public RunReport ToReport()
    {
        lock (_lock)
        {
            var images = _plan is null ? [] : _plan.Images.Select(image => _images[image.Name].Report(_clock)).OfType<ReportedImage>().ToList();
            var graph = _plan?.Graph.Graph ?? _graph;
            return new RunReport
            {
                Graph = graph?.Name ?? "",
                File = graph?.File ?? "",
                Started = _started,
                Duration = _duration ?? Now,
                PlannedAfter = _plannedAfter,
                Images = images,
                Pulls = [.. _pulls.OrderBy(pull => pull.Started)],
                Diagnostics = [.. _diagnostics],
                Comparison = BuildComparison.Of(_past, images, (graph?.Images ?? []).Select(image => image.Name).ToHashSet(StringComparer.Ordinal)),
                CriticalPath = CriticalPath.Of(images),
            };
        }
    }
}
