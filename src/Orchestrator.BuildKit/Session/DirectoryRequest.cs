using System.Net;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.Session;

/// <summary>FileSync/DiffCopy: the daemon wants a directory, or the part of it that its metadata describes.</summary>
internal static class DirectoryRequest
{
    public static async Task AnswerAsync(SessionCall call)
    {
        var name = Values(call, "dir-name") is [var first, ..] ? first : "";
        if (!call.Session.Options.Directories.TryGetValue(name, out var tree))
        {
            throw new GrpcStatusException(GrpcStatusCode.NotFound, $"no access allowed to dir \"{name}\"");
        }

        var filter = new SyncFilter(Values(call, "include-patterns"), Values(call, "exclude-patterns"), Values(call, "followpaths"));
        try
        {
            tree.Request(filter.FollowPaths);
            using var sender = new FileSender(
                tree, filter, token => call.ReadAsync(Packet.Parser, token), (packet, flush) => call.WriteAsync(packet, flush, call.Aborted), exception => call.Session.Fail(name, exception));
            await sender.RunAsync(call.Aborted).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SyncTreeException or SyncProtocolException or FormatException)
        {
            call.Session.Fail(name, exception);
            throw new GrpcStatusException(GrpcStatusCode.Unknown, exception.Message);
        }
        catch (SyncAbortedException exception)
        {
            throw new GrpcStatusException(GrpcStatusCode.Aborted, exception.Message);
        }
    }

    // Each value is a header field of its own. If one of them is not ASCII, the daemon escapes all of that key like a query.
    private static IReadOnlyList<string> Values(SessionCall call, string key) => Decode(call.Metadata(key), call.Metadata($"{key}-encoded"));

    internal static IReadOnlyList<string> Decode(IReadOnlyList<string> values, IReadOnlyList<string> encoded) =>
        encoded is ["1", ..] ? [.. values.Select(value => WebUtility.UrlDecode(value))] : values;
}
