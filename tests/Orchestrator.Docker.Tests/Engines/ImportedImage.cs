using System.Formats.Tar;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Orchestrator.Docker.Tests.Engines;

/// <summary>Makes a small image without a build: <c>POST /images/create?fromSrc=-</c> with a tar of one file.</summary>
internal static class ImportedImage
{
    private static readonly string[] Changes =
        ["LABEL orchestrator.test=yes", "ENV GREETING=hello", "USER 7:7", "WORKDIR /work", "ONBUILD RUN true"];

    public static async Task CreateAsync(DockerEndpoint endpoint, string repository, string tag, CancellationToken cancellationToken)
    {
        var changes = string.Concat(Changes.Select(change => $"&changes={Uri.EscapeDataString(change)}"));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(endpoint.Address.AbsolutePath), cancellationToken);
        await using var stream = new NetworkStream(socket);
        var tar = Tar(repository);
        var head = $"POST /images/create?fromSrc=-&repo={Uri.EscapeDataString(repository)}&tag={tag}{changes} HTTP/1.1\r\nHost: x\r\n"
            + string.Create(CultureInfo.InvariantCulture, $"Content-Type: application/x-tar\r\nContent-Length: {tar.Length}\r\nConnection: close\r\n\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), cancellationToken);
        await stream.WriteAsync(tar, cancellationToken);
        var answer = await new StreamReader(stream).ReadToEndAsync(cancellationToken);
        Assert.That(answer, Does.StartWith("HTTP/1.1 200").And.Not.Contain("errorDetail"));
    }

    private static byte[] Tar(string content)
    {
        var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "content") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        }

        return bytes.ToArray();
    }
}
