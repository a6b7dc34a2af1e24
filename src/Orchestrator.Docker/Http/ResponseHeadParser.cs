using System.Text;

namespace Orchestrator.Docker.Http;

/// <summary>Reads the head of an answer (RFC 9112, sections 4 and 5) out of bytes that may still be incomplete.</summary>
internal static class ResponseHeadParser
{
    private const int StatusLineMinimum = 12; // "HTTP/1.1 200"

    private static ReadOnlySpan<byte> Start => "HTTP/1."u8;

    private static ReadOnlySpan<byte> End => "\r\n\r\n"u8;

    /// <returns>False when more bytes are needed; then <paramref name="consumed"/> is 0.</returns>
    /// <exception cref="HttpFormatException">These bytes cannot become a head.</exception>
    public static bool TryRead(ReadOnlySpan<byte> input, out ResponseHead? head, out int consumed)
    {
        head = null;
        consumed = 0;
        var common = Math.Min(input.Length, Start.Length);
        if (!input[..common].SequenceEqual(Start[..common]))
        {
            throw new HttpFormatException("it does not begin like HTTP/1.1");
        }

        var length = input.IndexOf(End);
        if (length < 0)
        {
            return input.Length < HttpLimits.HeadBytes
                ? false
                : throw new HttpFormatException($"its head is longer than {HttpLimits.HeadBytes} bytes");
        }

        head = Parse(input[..length]);
        consumed = length + End.Length;
        return true;
    }

    private static ResponseHead Parse(ReadOnlySpan<byte> head)
    {
        var lineEnd = head.IndexOf("\r\n"u8);
        var statusLine = lineEnd < 0 ? head : head[..lineEnd];
        if (!TryReadStatus(statusLine, out var minor, out var status))
        {
            throw new HttpFormatException("its status line is malformed");
        }

        var headers = new List<KeyValuePair<string, string>>();
        var rest = lineEnd < 0 ? [] : head[(lineEnd + 2)..];
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf("\r\n"u8);
            headers.Add(ParseHeader(end < 0 ? rest : rest[..end]));
            rest = end < 0 ? [] : rest[(end + 2)..];
            if (headers.Count > HttpLimits.Headers)
            {
                throw new HttpFormatException($"it has more than {HttpLimits.Headers} headers");
            }
        }

        return new ResponseHead(minor, status, headers);
    }

    private static bool TryReadStatus(ReadOnlySpan<byte> line, out int minor, out int status)
    {
        minor = status = 0;
        if (line.Length < StatusLineMinimum || !char.IsAsciiDigit((char)line[7]) || line[8] != ' ')
        {
            return false;
        }

        minor = line[7] - '0';
        foreach (var digit in line[9..12])
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            status = (status * 10) + (digit - '0');
        }

        return status >= 100 && (line.Length == StatusLineMinimum || line[StatusLineMinimum] == ' ');
    }

    private static KeyValuePair<string, string> ParseHeader(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        var name = colon <= 0 ? [] : line[..colon];
        if (name.IsEmpty || name.IndexOfAny(" \t"u8) >= 0 || line.IndexOfAny("\r\n\0"u8) >= 0)
        {
            throw new HttpFormatException("one of its headers is malformed");
        }

        return new(Encoding.Latin1.GetString(name), Encoding.UTF8.GetString(line[(colon + 1)..].Trim(" \t"u8)));
    }
}
