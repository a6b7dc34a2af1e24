namespace Orchestrator.Docker.Http;

/// <summary>The two ways to take a body: whole, or line by line as it arrives.</summary>
internal static class BodyReading
{
    private const int InitialBytes = 16 * 1024;

    /// <exception cref="IOException">The body is incomplete, malformed or too long.</exception>
    public static async Task<byte[]> ReadWholeAsync(HttpConnection connection, CancellationToken cancellationToken)
    {
        var buffer = new byte[InitialBytes];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Grown(buffer.Length, HttpLimits.BufferedBodyBytes));
            }

            var count = await connection.ReadBodyAsync(buffer.AsMemory(length), cancellationToken);
            if (count == 0)
            {
                Array.Resize(ref buffer, length);
                return buffer;
            }

            length += count;
        }
    }

    /// <summary>Hands over each line that is not empty, without its line feed.</summary>
    /// <exception cref="IOException">The body is incomplete, malformed, or a line is too long.</exception>
    public static async Task ReadLinesAsync(HttpConnection connection, Action<ReadOnlySpan<byte>> line, CancellationToken cancellationToken)
    {
        var buffer = new byte[InitialBytes];
        var length = 0;
        int count;
        while ((count = await connection.ReadBodyAsync(buffer.AsMemory(length), cancellationToken)) > 0)
        {
            length = TakeLines(buffer, length + count, line);
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Grown(buffer.Length, HttpLimits.LineBytes));
            }
        }

        if (length > 0)
        {
            line(buffer.AsSpan(0, length));
        }
    }

    private static int TakeLines(byte[] buffer, int length, Action<ReadOnlySpan<byte>> line)
    {
        var rest = buffer.AsSpan(0, length);
        int end;
        while ((end = rest.IndexOf((byte)'\n')) >= 0)
        {
            var text = rest[..end].TrimEnd((byte)'\r');
            if (!text.IsEmpty)
            {
                line(text);
            }

            rest = rest[(end + 1)..];
        }

        rest.CopyTo(buffer);
        return rest.Length;
    }

    private static int Grown(int size, int limit) =>
        size < limit ? Math.Min(size * 2, limit) : throw new HttpFormatException($"it is longer than {limit} bytes");
}
