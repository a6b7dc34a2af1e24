using System.Globalization;
using System.Text;
using Google.Protobuf;
using Orchestrator.BuildKit.Wire;

namespace Orchestrator.BuildKit.Grpc;

/// <summary>How a call ended, as its trailers say (buildkit-wire 2.2).</summary>
/// <param name="Code">The gRPC status.</param>
/// <param name="Message">Percent-decoded.</param>
/// <param name="Details">Typed details, undecoded.</param>
internal sealed record GrpcStatus(GrpcStatusCode Code, string Message, IReadOnlyList<RpcAny> Details)
{
    public static GrpcStatus? FromTrailers(Func<string, string?> trailer)
    {
        if (trailer("grpc-status") is not { } text || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            return null;
        }

        return new GrpcStatus((GrpcStatusCode)code, PercentDecode(trailer("grpc-message") ?? ""), Decode(trailer("grpc-status-details-bin")));
    }

    /// <summary>For an answer that is no gRPC answer at all.</summary>
    public static GrpcStatus FromHttp(int status) => new(
        status switch
        {
            400 => GrpcStatusCode.Internal,
            401 => GrpcStatusCode.Unauthenticated,
            403 => GrpcStatusCode.PermissionDenied,
            404 => GrpcStatusCode.Unimplemented,
            429 or 502 or 503 or 504 => GrpcStatusCode.Unavailable,
            _ => GrpcStatusCode.Unknown,
        },
        $"the daemon answered with HTTP status {status}",
        []);

    /// <summary>Lenient: what is not a valid escape stays as it is.</summary>
    public static string PercentDecode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes([text[i]]));
            }
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>Everything outside printable ASCII and the percent sign itself is escaped.</summary>
    public static string PercentEncode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            _ = value is >= 0x20 and <= 0x7E and not (byte)'%' ? encoded.Append((char)value) : encoded.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }

        return encoded.ToString();
    }

    private static IReadOnlyList<RpcAny> Decode(string? details)
    {
        if (details is null)
        {
            return [];
        }

        try
        {
            // Base64 of the standard alphabet, usually without padding.
            var padded = details.TrimEnd('=');
            padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
            return RpcStatus.Parser.ParseFrom(Convert.FromBase64String(padded)).Details;
        }
        catch (Exception exception) when (exception is FormatException or InvalidProtocolBufferException)
        {
            return [];
        }
    }
}
