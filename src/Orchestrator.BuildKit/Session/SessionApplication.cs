using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Orchestrator.BuildKit.Grpc;

namespace Orchestrator.BuildKit.Session;

/// <summary>Answers the daemon's calls: finds the session, runs the method, ends the call with a status.</summary>
internal sealed class SessionApplication : IHttpApplication<SessionCall>
{
    public SessionCall CreateContext(IFeatureCollection contextFeatures)
    {
        var session = contextFeatures.Get<BuildSession>() ?? throw new InvalidOperationException("The connection belongs to no session.");
        return new SessionCall(new DefaultHttpContext(contextFeatures), session);
    }

    public async Task ProcessRequestAsync(SessionCall context)
    {
        try
        {
            await DispatchAsync(context).ConfigureAwait(false);
            await context.EndAsync(GrpcStatus.Ok).ConfigureAwait(false);
        }
        catch (GrpcStatusException exception)
        {
            await context.EndAsync(exception.Status).ConfigureAwait(false);
        }
        catch (Exception exception) when (context.Aborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The daemon gave the call up; nobody is left to be told.
        }
        catch (Exception exception)
        {
            // The edge of the process: callbacks are other people's code, and an exception must end this call only.
            context.Session.Fail(exception);
            await context.EndAsync(new GrpcStatus(GrpcStatusCode.Internal, exception.Message)).ConfigureAwait(false);
        }
    }

    public void DisposeContext(SessionCall context, Exception? exception)
    {
    }

    private static Task DispatchAsync(SessionCall call) => call.Method switch
    {
        SessionMethods.Health => HealthCheck.AnswerAsync(call),
        SessionMethods.FileSync => DirectoryRequest.AnswerAsync(call),
        SessionMethods.Credentials => Credentials.AnswerAsync(call),
        SessionMethods.GetSecret => Secrets.AnswerAsync(call),
        SessionMethods.CheckAgent => SshAgent.CheckAsync(call),
        SessionMethods.ForwardAgent => SshAgent.ForwardAsync(call),
        _ => throw new GrpcStatusException(GrpcStatusCode.Unimplemented, $"unknown method {call.Method}"),
    };
}
