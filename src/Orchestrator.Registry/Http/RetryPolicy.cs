using Polly;
using Polly.Retry;

namespace Orchestrator.Registry.Http;

/// <summary>What may pass by itself is tried again: a lost connection, 408, 429, 5xx. What the registry says about the question is an answer.</summary>
internal static class RetryPolicy
{
    public static ResiliencePipeline Create(RegistryOptions options) =>
        options.Retries == 0
            ? ResiliencePipeline.Empty
            : new ResiliencePipelineBuilder { TimeProvider = options.Time }
                .AddRetry(new RetryStrategyOptions
                {
                    MaxRetryAttempts = options.Retries,
                    Delay = options.FirstDelay,
                    MaxDelay = options.LongestDelay,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception switch
                    {
                        RegistryUnreachableException unreachable => unreachable.IsTransient,
                        RegistryApiException api => api.IsTransient && (api.RetryAfter ?? TimeSpan.Zero) <= options.LongestDelay,
                        _ => false,
                    }),
                    DelayGenerator = arguments => ValueTask.FromResult((arguments.Outcome.Exception as RegistryApiException)?.RetryAfter),
                })
                .Build();
}
