using System.Net;

namespace Orchestrator.Testing;

/// <summary>Promises more bytes than it has, and breaks off.</summary>
internal sealed class CutContent(byte[] content, long promised) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(content);
        await stream.FlushAsync();
        await Task.Delay(200); // the registry shall have taken them
        throw new IOException("cut");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = promised;
        return true;
    }
}
