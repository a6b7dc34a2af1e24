using Orchestrator.Building;
using Orchestrator.BuildKit.Control;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.Projects;
using Orchestrator.Tagging;
using Orchestrator.Tool.Findings;
using Orchestrator.Tool.Live;

namespace Orchestrator.Tool.Reporters;

/// <summary>
/// A terminal: what is done stays above, what is at work is shown below and painted again and again. Everything that comes is put into the state; a
/// timer paints it, and only while there is something to watch, so that a run in which nothing changed just writes its lines.
/// </summary>
internal sealed class LiveReporter(Terminal terminal, TimeProvider time) : IRunReporter
{
    private const string Pull = "pulling";
    private const string Push = "pushing";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly ToldFindings _told = new();
    private readonly Painter _painter = new(terminal.Write);
    private readonly List<string> _above = [];
    private readonly long _start = time.GetTimestamp();
    private RunState _state = new();
    private IReadOnlyDictionary<string, TimeSpan> _durations = new Dictionary<string, TimeSpan>();
    private int _parallel = 1;
    private int _names;
    private ITimer? _timer;

    private TimeSpan Now => time.GetElapsedTime(_start);

    public void Report(Diagnostic diagnostic)
    {
        if (_told.Add(diagnostic))
        {
            Change(() => _above.AddRange(FindingRow.Lines(diagnostic, terminal.Size().Width, terminal.Look)));
        }
    }

    public void Expect(IReadOnlyDictionary<string, TimeSpan> durations, int parallel) => (_durations, _parallel) = (durations, parallel);

    public void Waiting(string holder) => Say($"waiting for {holder}, which is working on this graph");

    public void Pulling(ImageReference image) => Watch(() => _state.Carry(Pull, image.Familiar, Now));

    public void Pulled(ImageReference image, long bytes, long total) => Change(() => _state.Carried(Pull, image.Familiar, new Transfer(bytes, total)));

    public void PullEnded(ImageReference image) => Change(() => _state.Arrive(Pull, image.Familiar));

    /// <summary>A row, not a line; the line comes when it has arrived.</summary>
    public void PushStarted(string name, string to) => Watch(() => _state.Carry(Push, name, Now));

    public void Pushing(string name, long bytes, long total) => Change(() => _state.Carried(Push, name, new Transfer(bytes, total)));

    public void PushEnded(string name) => Change(() => _state.Arrive(Push, name));

    public void Planned(Plan plan)
    {
        var images = plan.Images.Select(image => new ExpectedImage(
            image.Name, image.Image.Needs, image.Action is PlanAction.Build or PlanAction.Pull,
            _durations.TryGetValue(image.Name, out var duration) && image.Action == PlanAction.Build ? duration : null)).ToList();
        var names = plan.Images.Select(image => image.Image.Node.DisplayName);
        Change(() =>
        {
            _state.Plan(images, _parallel);
            _names = Frame.NameCells(names, terminal.Size().Width);
        });
    }

    public void Started(PlannedImage image) => Watch(() => _state.Start(image.Name, image.Image.Node.DisplayName, Now));

    public void Progress(PlannedImage image, SolveEvent progress) => Change(() =>
    {
        switch (progress)
        {
            case VertexUpdate step:
                _state.Find(image.Name)?.Step(step.Digest, step.Name, step.Started is not null, step.Completed is not null);
                break;
            case ProgressUpdate part:
                _state.Find(image.Name)?.Bytes(part.Vertex, part.Id, new Transfer(part.Current, part.Total));
                break;
        }
    });

    public void Retrying(PlannedImage image, string reason, int attempt) => Say($"trying {image.Image.Node.DisplayName} again ({attempt}): {reason}");

    public void Finished(ImageResult result)
    {
        foreach (var diagnostic in result.Diagnostics)
        {
            Report(diagnostic);
        }

        Change(() =>
        {
            _state.Settle(result.Planned.Name, result.Outcome == BuildOutcome.Failed);
            _above.Add(ResultRow.Line(result, _names, terminal.Size().Width, terminal.Look));
        });
    }

    public void Show(Plan plan, IReadOnlyList<ImageTags> tags)
    {
        foreach (var line in PlanText.Lines(plan, tags))
        {
            Say(line);
        }
    }

    /// <summary>Only MSBuild's tasks ask for it.</summary>
    public void Publish(ProjectPublication publication)
    {
    }

    public void Say(string line) => Change(() => _above.Add(VisibleLine.Of(line)));

    public void Ended(IReadOnlyList<ImageResult> results, TimeSpan duration)
    {
        Change(() =>
        {
            _above.AddRange(ResultText.Overview(results, withDone: false).Select(VisibleLine.Of));
            _above.Add(terminal.Look.Paint(ResultText.Summary(results, duration), results.All(result => result.IsSuccess) ? Colour.Good : Colour.Bad));
        });
        Dispose();
        _state = new RunState();
    }

    /// <summary>What is to be said is said, and the frame goes.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
            Paint([]);
        }
    }

    /// <summary>A change that begins something to watch.</summary>
    private void Watch(Action change) => Change(() =>
    {
        change();
        _timer ??= time.CreateTimer(_ => PaintFrame(), null, TimeSpan.Zero, Interval);
    });

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            // While a run is planned its lines come one by one, and its results all at once.
            if (_timer is null && _state.Images.Count == 0)
            {
                Paint([]);
            }
        }
    }

    private void PaintFrame()
    {
        lock (_lock)
        {
            if (_timer is not null)
            {
                var (width, height) = terminal.Size();
                Paint(Frame.Lines(_state, Now, width, height - 1, terminal.Look));
            }
        }
    }

    private void Paint(IReadOnlyList<string> frame)
    {
        var (width, height) = terminal.Size();
        _painter.Paint(_above, frame, width, height);
        _above.Clear();
    }
}
