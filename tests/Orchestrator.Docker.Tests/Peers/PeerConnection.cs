using System.Text;

namespace Orchestrator.Docker.Tests.Peers;

/// <summary>One accepted connection: expects and sends exactly what the test says.</summary>
internal sealed class PeerConnection(Stream stream) : IDisposable
{
    /// <summary>Reads byte by byte up to the empty line, so that nothing behind it is lost.</summary>
    public async Task<string> ExpectHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append(await ExpectAsync(1));
        }

        return head.ToString();
    }

    public async Task<string> ExpectAsync(int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, Patience.Token);
        return Encoding.Latin1.GetString(bytes);
    }

    public async Task<bool> IsClosedByClientAsync() => await stream.ReadAsync(new byte[1], Patience.Token) == 0;

    public async Task SendAsync(string text)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), Patience.Token);
        await stream.FlushAsync(Patience.Token);
    }

    public void Dispose() => stream.Dispose();
}
