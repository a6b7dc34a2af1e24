namespace Orchestrator.Docker.Http;

/// <summary>
/// Takes the framing off a body. It is fed whatever has arrived; each step eats some of it and finds at most one run of body bytes,
/// which are the last of the eaten ones.
/// </summary>
internal abstract class BodyDecoder
{
    public abstract bool IsComplete { get; }

    /// <summary>Whether the end of the connection is the end of the body instead of a failure.</summary>
    public virtual bool EndsAtClose => false;

    /// <param name="input">Bytes that follow those eaten before; not empty, and never called when complete.</param>
    /// <param name="wanted">The most body bytes to find in this step; at least 1.</param>
    /// <exception cref="HttpFormatException">The framing is wrong.</exception>
    public abstract BodyStep Decode(ReadOnlySpan<byte> input, int wanted);

    /// <summary>Which framing an answer has (RFC 9112, section 6.3).</summary>
    public static BodyDecoder For(ResponseHead head)
    {
        if (head.Status is < 200 or 204 or 304)
        {
            return new LengthDecoder(0);
        }

        if (head.Find("Transfer-Encoding") is { } encoding)
        {
            return string.Equals(encoding, "chunked", StringComparison.OrdinalIgnoreCase)
                ? new ChunkedDecoder()
                : throw new HttpFormatException($"its transfer encoding '{encoding}' was not asked for");
        }

        return ContentLength(head) is { } length ? new LengthDecoder(length) : new CloseDecoder();
    }

    private static long? ContentLength(ResponseHead head)
    {
        long? length = null;
        foreach (var header in head.Headers)
        {
            if (!string.Equals(header.Key, "Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (!long.TryParse(header.Value, System.Globalization.NumberStyles.None, null, out var value) || (length is not null && length != value))
            {
                throw new HttpFormatException("its content length is malformed");
            }

            length = value;
        }

        return length;
    }
}
