using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace Orchestrator.BuildKit.Grpc;

/// <summary>Reads a call's status out of the headers or trailers of its response.</summary>
internal static class GrpcTrailers
{
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Details = "grpc-status-details-bin";

    /// <summary>The status, or null when there is none.</summary>
    public static GrpcStatus? Read(HttpHeaders headers)
    {
        if (First(headers, Status) is not { } code)
        {
            return null;
        }

        var known = int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Enum.IsDefined((GrpcStatusCode)number);
        return new GrpcStatus(
            known ? (GrpcStatusCode)number : GrpcStatusCode.Unknown,
            PercentEncoding.Decode(First(headers, Message) ?? ""),
            DecodeBinary(First(headers, Details) ?? ""));
    }

    /// <summary>What the HTTP status of an answer without <c>grpc-status</c> means.</summary>
    public static GrpcStatusCode FromHttp(HttpStatusCode status) => (int)status switch
    {
        400 => GrpcStatusCode.Internal,
        401 => GrpcStatusCode.Unauthenticated,
        403 => GrpcStatusCode.PermissionDenied,
        404 => GrpcStatusCode.Unimplemented,
        429 or 502 or 503 or 504 => GrpcStatusCode.Unavailable,
        _ => GrpcStatusCode.Unknown,
    };

    /// <summary>Binary metadata is base64, usually without padding. What cannot be read counts as absent: it only adds detail.</summary>
    internal static ReadOnlyMemory<byte> DecodeBinary(string text)
    {
        var padded = text.TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes.AsMemory(0, length) : ReadOnlyMemory<byte>.Empty;
    }

    private static string? First(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
