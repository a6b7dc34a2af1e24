using System.Text;

namespace Orchestrator.Docker.Http;

/// <summary>Status line and headers of an HTTP/1.1 answer (RFC 9112).</summary>
internal sealed record HttpHead(int StatusCode, string Reason, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The most that a head may have; the engine's are far below 1 KiB.</summary>
    public const int MaximumLength = 64 * 1024;

    private static ReadOnlySpan<byte> End => "\r\n\r\n"u8;

    public bool IsChunked => Headers.TryGetValue("Transfer-Encoding", out var value) && value.Contains("chunked", StringComparison.OrdinalIgnoreCase);

    public bool ClosesConnection => Headers.TryGetValue("Connection", out var value) && value.Contains("close", StringComparison.OrdinalIgnoreCase);

    public bool HasNoBody => StatusCode is (>= 100 and < 200) or 204 or 304;

    public long? ContentLength =>
        Headers.TryGetValue("Content-Length", out var value) && long.TryParse(value, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var length)
            ? length
            : null;

    /// <summary>False: more bytes are needed. <paramref name="consumed"/> is the head's length with its empty line.</summary>
    /// <exception cref="InvalidDataException">These bytes are no HTTP/1.1 head.</exception>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out HttpHead head, out int consumed)
    {
        head = null!;
        var end = bytes.IndexOf(End);
        consumed = end + End.Length;
        if (end < 0)
        {
            return bytes.Length <= MaximumLength ? false : throw new InvalidDataException("the head of the answer is too long");
        }

        var lines = Encoding.Latin1.GetString(bytes[..end]).Split("\r\n");
        var status = lines[0].Split(' ', 3);
        if (status.Length < 2 || !status[0].StartsWith("HTTP/1.", StringComparison.Ordinal) || !int.TryParse(status[1], out var code))
        {
            throw new InvalidDataException($"'{lines[0]}' is no HTTP status line");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new InvalidDataException($"'{line}' is no HTTP header");
            }

            var value = line[(colon + 1)..].Trim();
            headers[line[..colon]] = headers.TryGetValue(line[..colon], out var before) ? before + ", " + value : value;
        }

        head = new HttpHead(code, status.Length > 2 ? status[2] : "", headers);
        return true;
    }
}
