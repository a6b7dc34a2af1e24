using Google.Protobuf.WellKnownTypes;
using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.Control;

/// <summary>Turns the daemon's status messages into events.</summary>
internal static class StatusEvents
{
    public static IEnumerable<SolveEvent> From(StatusResponse response)
    {
        foreach (var vertex in response.Vertexes)
        {
            yield return new VertexUpdate(
                vertex.Digest, vertex.Name, [.. vertex.Inputs], vertex.Cached, Time(vertex.Started), Time(vertex.Completed), vertex.Error);
        }

        foreach (var status in response.Statuses)
        {
            yield return new ProgressUpdate(
                status.Vertex,
                status.ID,
                status.Name,
                status.Current,
                status.Total,
                Time(status.Timestamp),
                Time(status.Started),
                Time(status.Completed));
        }

        foreach (var log in response.Logs)
        {
            yield return new LogChunk(log.Vertex, log.Stream == 2 ? LogStream.Error : LogStream.Output, log.Msg.Memory, Time(log.Timestamp));
        }

        foreach (var warning in response.Warnings)
        {
            yield return From(warning);
        }
    }

    private static WarningUpdate From(VertexWarning warning)
    {
        var file = warning.Info?.Filename ?? "";
        return new WarningUpdate(
            warning.Vertex,
            warning.Level,
            warning.Short.ToStringUtf8(),
            [.. warning.Detail.Select(line => line.ToStringUtf8())],
            warning.Url,
            file,
            [.. warning.Ranges.Select(range => From(file, range))]);
    }

    private static SourceRange From(string file, Protos.Range range)
    {
        var start = range.Start ?? new Position();
        var end = range.End ?? new Position();
        return new SourceRange(file, start.Line, Math.Max(start.Line, end.Line), start.Character, end.Character);
    }

    // A time outside of .NET's range is as good as none.
    internal static DateTimeOffset? Time(Timestamp? time)
    {
        if (time is null || time.Seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() || time.Seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return null;
        }

        return DateTimeOffset.FromUnixTimeSeconds(time.Seconds).AddTicks(Math.Clamp(time.Nanos, 0, 999_999_999) / 100);
    }
}
