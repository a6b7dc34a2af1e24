using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.Session;

/// <summary>The daemon asks every few seconds and ends a session that does not answer.</summary>
internal static class HealthCheck
{
    private static readonly HealthCheckResponse Serving = new() { Status = HealthCheckResponse.Types.ServingStatus.Serving };

    public static async Task AnswerAsync(SessionCall call)
    {
        await call.ReadRequestAsync(HealthCheckRequest.Parser).ConfigureAwait(false);
        await call.WriteAsync(Serving, flush: true, call.Aborted).ConfigureAwait(false);
    }
}
