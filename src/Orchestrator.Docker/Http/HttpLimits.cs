namespace Orchestrator.Docker.Http;

/// <summary>How much the peer may send. Generous for an engine, finite for whatever else listens at the address.</summary>
internal static class HttpLimits
{
    public const int HeadBytes = 64 * 1024;

    public const int Headers = 256;

    /// <summary>Fifteen hexadecimal digits cannot overflow a <see cref="long"/>.</summary>
    public const int ChunkSizeDigits = 15;

    /// <summary>For chunk extensions and trailers together, which the engine does not send.</summary>
    public const int ChunkExtraBytes = 16 * 1024;

    /// <summary>A list of 10,000 images is about 10 MB.</summary>
    public const int BufferedBodyBytes = 256 * 1024 * 1024;

    /// <summary>One line of a streamed answer.</summary>
    public const int LineBytes = 1024 * 1024;
}
