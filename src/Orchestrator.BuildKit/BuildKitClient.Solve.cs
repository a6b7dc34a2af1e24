using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Wire;

namespace Orchestrator.BuildKit;

/// <content>Solve and Status.</content>
public sealed partial class BuildKitClient
{
    /// <summary>How long progress may trail behind the end of a build; a build that never began has none (buildkit-wire 3.2).</summary>
    private static readonly TimeSpan ProgressGrace = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Builds. Progress is told in the order of the daemon's messages, from one thread at a time. Cancelling stops the work on the daemon.
    /// </summary>
    /// <exception cref="SolveException">The daemon refused, or a step failed.</exception>
    /// <exception cref="BuildKitConnectionException">The channel broke; whether the build went on is not known.</exception>
    public async Task<SolveResult> SolveAsync(SolveOptions options, Action<SolveProgress> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var request = Request(options);
        using var stopProgress = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var following = FollowAsync(request.Ref, progress, stopProgress.Token);
        try
        {
            var answer = await _control.UnaryAsync(ControlMethods.Solve, request, SolveResponse.Parser, cancellationToken).ConfigureAwait(false);
            return new SolveResult(new Dictionary<string, string>(answer.ExporterResponse));
        }
        catch (GrpcException exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw exception.Status.Code == GrpcStatusCode.Unavailable
                ? new BuildKitConnectionException(exception.Status.Message, exception)
                : new SolveException(exception.Status.Code, exception.Status.Message, SolveFailure.Read(exception.Status.Details));
        }
        finally
        {
            stopProgress.CancelAfter(ProgressGrace);
            await following.ConfigureAwait(false);
        }
    }

    private static SolveRequest Request(SolveOptions options)
    {
        var request = new SolveRequest { Ref = Identifier.New(), Session = options.SessionId, Frontend = options.Frontend, Cache = new CacheOptions() };
        request.FrontendAttrs.Add(new Dictionary<string, string>(options.FrontendAttributes));
        request.Entitlements.AddRange(options.Entitlements);
        if (options.ExporterType is { } type)
        {
            // Daemons before 0.13 know only the first form, later ones prefer the second (buildkit-wire 3.1).
            request.ExporterDeprecated = type;
            request.ExporterAttrsDeprecated.Add(new Dictionary<string, string>(options.ExporterAttributes));
            var exporter = new Exporter { Type = type };
            exporter.Attrs.Add(new Dictionary<string, string>(options.ExporterAttributes));
            request.Exporters.Add(exporter);
        }

        return request;
    }

    /// <summary>Progress is news, not a verdict: whatever ends it, the answer to Solve decides.</summary>
    private async Task FollowAsync(string reference, Action<SolveProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            var updates = _control.ServerStreamAsync(ControlMethods.Status, new StatusRequest { Ref = reference }, StatusResponse.Parser, cancellationToken);
            await foreach (var status in updates.ConfigureAwait(false))
            {
                foreach (var item in ProgressReader.Read(status))
                {
                    progress(item);
                }
            }
        }
        catch (Exception exception) when (exception is GrpcException or BuildKitConnectionException or OperationCanceledException)
        {
        }
    }
}
