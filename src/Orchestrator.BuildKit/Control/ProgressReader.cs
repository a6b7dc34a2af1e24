using Orchestrator.BuildKit.Wire;

namespace Orchestrator.BuildKit.Control;

/// <summary>Translates the daemon's status messages.</summary>
internal static class ProgressReader
{
    public static IEnumerable<SolveProgress> Read(StatusResponse status)
    {
        foreach (var vertex in status.Vertexes)
        {
            yield return new StepProgress(vertex.Digest, vertex.Name, vertex.Cached, Time(vertex.Started), Time(vertex.Completed), vertex.Error);
        }

        foreach (var log in status.Logs)
        {
            yield return new StepOutput(log.Vertex, log.Stream == 2, log.Msg.Memory);
        }

        foreach (var warning in status.Warnings)
        {
            var file = warning.Info?.Filename ?? "";
            yield return new BuildWarning(
                warning.Short.ToStringUtf8(), warning.Url,
                [.. warning.Ranges.Select(range => new SourceRange(file, range.Start?.Line ?? 0, Math.Max(range.Start?.Line ?? 0, range.End?.Line ?? 0)))]);
        }
    }

    private static DateTimeOffset? Time(WireTimestamp? time) =>
        time is null ? null : DateTimeOffset.FromUnixTimeSeconds(time.Seconds).AddTicks(time.Nanos / 100);
}
