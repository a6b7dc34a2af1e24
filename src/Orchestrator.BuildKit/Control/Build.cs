using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.Control;

/// <summary>
/// One build: Solve lasts as long as the build, Status runs beside it and reports. Only Solve decides; Status can fail without harm.
/// <list type="bullet">
/// <item>Cancelling Solve resets its stream, which cancels the build in the daemon; cancelling Status does nothing there.</item>
/// <item>Status ends by itself soon after Solve. If the build never became a job (a bad exporter, say), it ends after 6 s with an error; so
/// waiting stops when nothing came for <see cref="DrainTime"/> after Solve ended.</item>
/// </list>
/// </summary>
internal sealed class Build(GrpcChannel channel, IProgress<SolveEvent>? progress, TimeProvider time)
{
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(3);

    private readonly string _reference = Identifiers.Next();
    private long _reports;

    /// <exception cref="SolveException">The daemon refused, or a step failed.</exception>
    /// <exception cref="BuildKitConnectionException">The connection was lost; the daemon cancels the build then.</exception>
    public async Task<SolveResult> RunAsync(SolveOptions options, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var status = progress is null ? Task.CompletedTask : ReportAsync(progress, stop.Token);
        try
        {
            var response = await channel.UnaryAsync(
                ControlMethods.Solve, SolveRequests.Create(_reference, options), SolveResponse.Parser, cancellationToken).ConfigureAwait(false);
            return new SolveResult(new Dictionary<string, string>(response.ExporterResponse, StringComparer.Ordinal));
        }
        catch (GrpcStatusException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new SolveException(exception);
        }
        finally
        {
            await DrainAsync(status).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            await status.ConfigureAwait(false);
        }
    }

    private async Task ReportAsync(IProgress<SolveEvent> receiver, CancellationToken cancellationToken)
    {
        try
        {
            using var call = await StartReportAsync(cancellationToken).ConfigureAwait(false);
            while (call is not null && await call.ReadAsync(StatusResponse.Parser, cancellationToken).ConfigureAwait(false) is { } response)
            {
                Interlocked.Increment(ref _reports);
                foreach (var item in StatusEvents.From(response))
                {
                    receiver.Report(item);
                }
            }
        }
        catch (Exception exception) when (exception is GrpcStatusException or BuildKitConnectionException or OperationCanceledException)
        {
            // Reports are for people; if they break off, Solve still says how the build ended.
        }
    }

    private async Task<GrpcCall?> StartReportAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await channel.StartAsync(ControlMethods.Status, new StatusRequest { Ref = _reference }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever the transport throws: it may have had to open a connection for this call alone, and Solve goes on without it.
            return null;
        }
    }

    private async Task DrainAsync(Task status)
    {
        while (!status.IsCompleted)
        {
            var before = Interlocked.Read(ref _reports);
            await Task.WhenAny(status, Task.Delay(DrainTime, time)).ConfigureAwait(false);
            if (before == Interlocked.Read(ref _reports))
            {
                return;
            }
        }
    }
}
