using Orchestrator.BuildKit;
using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.Docker;
using Orchestrator.Planning;
using Polly;
using Polly.Retry;

namespace Orchestrator.Building;

/// <summary>
/// What may pass by itself: a closed list of conditions. A failed step is never among them; neither is anything that the daemon says about the input.
/// </summary>
internal static class Transient
{
    private const int Retries = 2;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>The daemon lost the job, or two exports met; seen with many parallel builds (peers, 2.1). Or it lost our session, which it notices as a client of ours.</summary>
    private static readonly string[] Messages = ["no such job", "no active session", "already exists", "code = Unavailable desc = error reading from server"];

    public static ResiliencePipeline Pipeline(Action<string, int> retrying, TimeProvider time) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = Retries,
                Delay = FirstDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } exception && Is(exception)),
                OnRetry = arguments =>
                {
                    retrying(arguments.Outcome.Exception!.Message, arguments.AttemptNumber + 1);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();

    public static bool Is(Exception exception) => exception switch
    {
        BuildKitConnectionException or DockerUnreachableException => true,
        DockerApiException { IsOfTransfer: true, StatusCode: 500 } api => TransferTrouble.MayPass(api),
        DockerApiException api => api.StatusCode >= 500,
        // The daemon lost somebody it depends on: us, a registry, its own store.
        SolveException { StatusCode: GrpcStatusCode.Unavailable } solve => solve.ExitCode is null,
        SolveException solve => solve.ExitCode is null && Array.Exists(Messages, message => solve.Message.Contains(message, StringComparison.Ordinal)),
        _ => false,
    };
}
