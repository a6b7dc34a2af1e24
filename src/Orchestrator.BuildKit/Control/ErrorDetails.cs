using System.Text.Json;
using Google.Protobuf;
using Orchestrator.BuildKit.Grpc;

namespace Orchestrator.BuildKit.Control;

/// <summary>
/// The typed details of a failed build. BuildKit puts Go's JSON into the protobuf envelope: names differ in case between versions,
/// zero values are absent, unknown types are skipped.
/// </summary>
internal sealed class ErrorDetails
{
    private ErrorDetails(IReadOnlyList<ErrorDetail> all) => All = all;

    public IReadOnlyList<ErrorDetail> All { get; }

    public IReadOnlyList<SourceRange> Sources { get; private set; } = [];

    public ReadOnlyMemory<byte> SourceText { get; private set; }

    public string? VertexDigest { get; private set; }

    public int? ExitCode { get; private set; }

    public static ErrorDetails Read(GrpcStatus status)
    {
        var details = new ErrorDetails(Unpack(status.Details));
        foreach (var detail in details.All)
        {
            try
            {
                details.Add(detail);
            }
            catch (JsonException)
            {
                // A detail that we cannot read only loses precision; the message itself is kept.
            }
        }

        return details;
    }

    private static List<ErrorDetail> Unpack(ReadOnlyMemory<byte> status)
    {
        try
        {
            return [.. Protos.Status.Parser.ParseFrom(status.Span).Details.Select(any => new ErrorDetail(any.TypeUrl, any.Value.Memory))];
        }
        catch (InvalidProtocolBufferException)
        {
            return [];
        }
    }

    private void Add(ErrorDetail detail)
    {
        switch (detail.Type[(detail.Type.LastIndexOf('/') + 1)..])
        {
            case "errdefs.Source+json":
                AddSource(JsonSerializer.Deserialize(detail.Value.Span, ErrorDetailsJson.Default.SourceJson));
                break;
            case "errdefs.Vertex+json":
                VertexDigest ??= JsonSerializer.Deserialize(detail.Value.Span, ErrorDetailsJson.Default.VertexJson)?.Digest;
                break;
            case "gatewayapi.ExitMessage+json":
                ExitCode ??= (int?)JsonSerializer.Deserialize(detail.Value.Span, ErrorDetailsJson.Default.ExitJson)?.Code;
                break;
            default:
                break;
        }
    }

    private void AddSource(SourceJson? source)
    {
        var name = source?.Info?.Filename ?? "";
        if (SourceText.IsEmpty && source?.Info?.Data is { } text)
        {
            SourceText = text;
        }

        var ranges = (source?.Ranges ?? []).Select(range =>
        {
            var start = range.Start ?? new PositionJson(0, 0);
            var end = range.End ?? new PositionJson(0, 0);
            return new SourceRange(name, start.Line, Math.Max(start.Line, end.Line), start.Character, end.Character);
        });
        Sources = [.. Sources, .. ranges];
    }

    internal sealed record SourceJson(InfoJson? Info, RangeJson[]? Ranges);

    internal sealed record InfoJson(string? Filename, byte[]? Data);

    internal sealed record RangeJson(PositionJson? Start, PositionJson? End);

    internal sealed record PositionJson(int Line = 0, int Character = 0);

    internal sealed record VertexJson(string? Digest);

    internal sealed record ExitJson(uint Code = 0);
}
