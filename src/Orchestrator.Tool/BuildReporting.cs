using Orchestrator.Diagnostics;
using Orchestrator.Reports;
using Orchestrator.Tool.Pages;
using Orchestrator.Tool.Reporters;
using Orchestrator.Tool.Tracing;

namespace Orchestrator.Tool;

/// <summary>What is told of a build when it is over, well or not: report files, and a trace where OpenTelemetry's variables ask for one. Where nobody asks, nothing is recorded.</summary>
internal sealed class BuildReporting(ReportFiles files, ToolEnvironment environment)
{
    private readonly TraceSettings? _trace = TraceSettings.Of(environment.Variables);
    private RunRecorder? _recorder;
    private RecordedReporter? _reporter;

    /// <summary>Tells a run as it would be told anyway.</summary>
    public IRunReporter Around(IRunReporter console)
    {
        _recorder = files.AreWanted || _trace is not null ? new RunRecorder(environment.StateDirectory, TimeProvider.System) : null;
        _reporter = _recorder is null ? null : new RecordedReporter(console, _recorder);
        return _reporter ?? console;
    }

    /// <summary>Also of a run that something ended which nothing foresaw.</summary>
    /// <param name="exception">What ended it.</param>
    public async Task EndAsync(Exception exception, EngineOpening opening, IRunReporter console, CancellationToken cancellationToken)
    {
        if (exception is not OperationCanceledException)
        {
            _recorder?.Report(LastResort.Explain(exception, environment.IsDebugging));
        }

        await EndAsync(exception is OperationCanceledException ? ExitCode.Cancelled : ExitCode.Failed, opening, console, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One that was cancelled asks nobody for anything more.</summary>
    /// <param name="code">How the run ended.</param>
    /// <param name="opening">Its engine, which knows of layers.</param>
    /// <param name="console">Told what does not work.</param>
    /// <returns>How the command ends.</returns>
    public async Task<int> EndAsync(int code, EngineOpening opening, IRunReporter console, CancellationToken cancellationToken)
    {
        if (_recorder is null || _reporter!.IsAsked)
        {
            return code;
        }

        var diagnostics = new DiagnosticBag();
        var report = _recorder.ToReport() with { IsCancelled = code == ExitCode.Cancelled };
        if (files.AreWanted)
        {
            if (report.Images.Any(image => image.ImageId.Length > 0) && await opening.ConnectionAsync(new DiagnosticBag()).ConfigureAwait(false) is { } connection)
            {
                report = report with { Images = await LayerReader.AddAsync(report.Images, connection.Engine, cancellationToken).ConfigureAwait(false) };
            }

            files.Write(report, diagnostics);
        }

        if (_trace is not null && !cancellationToken.IsCancellationRequested)
        {
            await TraceExport.SendAsync(report, _trace, diagnostics, cancellationToken).ConfigureAwait(false);
        }

        console.ReportAll(diagnostics);
        return code == ExitCode.Done && diagnostics.HasErrors ? ExitCode.Failed : code;
    }
}
