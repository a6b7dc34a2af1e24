using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.BuildKit.Grpc;
using Orchestrator.BuildKit.Wire;

namespace Orchestrator.BuildKit.Session;

/// <summary>One call of the daemon: finds the session by its connection, runs the method, ends with a gRPC status.</summary>
internal static class SessionCall
{
    private const int Serving = 1;

    public static async Task HandleAsync(HttpContext context)
    {
        var session = context.Features.Get<BuildSession>()!;
        context.Response.ContentType = "application/grpc";
        using var wire = new ServerWire(context);
        var (code, message) = await RunAsync(context, session, wire).ConfigureAwait(false);
        try
        {
            await context.Response.StartAsync(CancellationToken.None).ConfigureAwait(false);
            context.Response.AppendTrailer("grpc-status", ((int)code).ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (message.Length > 0)
            {
                context.Response.AppendTrailer("grpc-message", GrpcStatus.PercentEncode(message));
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The daemon closed the stream; nobody is left to be told.
        }
    }

    private static async Task<(GrpcStatusCode Code, string Message)> RunAsync(HttpContext context, BuildSession session, ServerWire wire)
    {
        try
        {
            return context.Request.Path.Value switch
            {
                SessionMethods.Health => await wire.AnswerAsync(new HealthCheckResponse { Status = Serving }).ConfigureAwait(false),
                SessionMethods.FileSync => await SendFilesAsync(context, session, wire).ConfigureAwait(false),
                SessionMethods.Credentials => await CredentialsAsync(session, wire).ConfigureAwait(false),
                SessionMethods.GetSecret => await SecretAsync(session, wire).ConfigureAwait(false),
                SessionMethods.CheckAgent => await SshForwarding.CheckAsync(session, wire).ConfigureAwait(false),
                SessionMethods.ForwardAgent => await SshForwarding.ForwardAsync(context.Request.Headers, session, wire).ConfigureAwait(false),
                var other => (GrpcStatusCode.Unimplemented, $"unknown method {other}"),
            };
        }
        catch (Exception exception) when (exception is SyncTreeException or InvalidDataException or FormatException)
        {
            session.Fail(exception);
            return (GrpcStatusCode.Unknown, exception.Message);
        }
        catch (Exception exception) when (exception is OperationCanceledException || context.RequestAborted.IsCancellationRequested)
        {
            return (GrpcStatusCode.Cancelled, exception.Message);
        }
        catch (Exception exception)
        {
            // Whatever a callback of ours fails with, the daemon gets a status and the session's owner the reason.
            session.Fail(exception);
            return (GrpcStatusCode.Unknown, exception.Message);
        }
    }

    private static async Task<(GrpcStatusCode Code, string Message)> SendFilesAsync(HttpContext context, BuildSession session, ServerWire wire)
    {
        var request = SyncRequest.Read(context.Request.Headers);
        if (!session.Options.Directories.TryGetValue(request.Directory, out var tree))
        {
            return (GrpcStatusCode.NotFound, $"no access allowed to dir \"{request.Directory}\"");
        }

        await context.Response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        var filter = SyncFilter.Create(tree, request.Include, request.Exclude, request.FollowPaths);
        await new FileSender(tree, filter, wire.Input, wire).RunAsync(context.RequestAborted).ConfigureAwait(false);
        return (GrpcStatusCode.Ok, "");
    }

    private static async Task<(GrpcStatusCode Code, string Message)> CredentialsAsync(BuildSession session, ServerWire wire)
    {
        var request = await wire.RequestAsync(CredentialsRequest.Parser).ConfigureAwait(false);
        var found = session.Options.Credentials is { } find ? await find(request.Host, wire.Aborted).ConfigureAwait(false) : null;
        return await wire.AnswerAsync(new CredentialsResponse { Username = found?.Username ?? "", Secret = found?.Secret ?? "" }).ConfigureAwait(false);
    }

    private static async Task<(GrpcStatusCode Code, string Message)> SecretAsync(BuildSession session, ServerWire wire)
    {
        var request = await wire.RequestAsync(GetSecretRequest.Parser).ConfigureAwait(false);
        var value = session.Options.Secrets is { } find ? await find(request.Id, wire.Aborted).ConfigureAwait(false) : null;
        return value is null
            ? (GrpcStatusCode.NotFound, $"no secret '{request.Id}'")
            : await wire.AnswerAsync(new GetSecretResponse { Data = ByteString.CopyFrom(value) }).ConfigureAwait(false);
    }
}
