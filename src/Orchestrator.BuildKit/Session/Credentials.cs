using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.Session;

/// <summary>
/// Credentials for registries. Only this method of Auth is offered: for the others the daemon takes UNIMPLEMENTED as "fetch tokens yourself".
/// Anonymous is an empty answer, not an error.
/// </summary>
internal static class Credentials
{
    public static async Task AnswerAsync(SessionCall call)
    {
        var request = await call.ReadRequestAsync(CredentialsRequest.Parser).ConfigureAwait(false);
        var response = new CredentialsResponse();
        if (call.Session.Options.Credentials is { } find
            && await find(request.Host, call.Aborted).ConfigureAwait(false) is { } found)
        {
            response.Username = found.User;
            response.Secret = found.Secret;
        }

        await call.WriteAsync(response, flush: true, call.Aborted).ConfigureAwait(false);
    }
}
