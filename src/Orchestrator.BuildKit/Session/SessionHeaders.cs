namespace Orchestrator.BuildKit.Session;

/// <summary>What introduces a session to the daemon: headers of the upgrade request, or metadata of the tunnel's call.</summary>
internal static class SessionHeaders
{
    public static IReadOnlyList<KeyValuePair<string, string>> Create(string id, string sharedKey, SessionChannel channel)
    {
        if (sharedKey.Any(character => character is < ' ' or > '~'))
        {
            throw new ArgumentException("The shared key travels in a header: only printable ASCII.", nameof(sharedKey));
        }

        var headers = new List<KeyValuePair<string, string>>
        {
            new("X-Docker-Expose-Session-Uuid", id),
            new("X-Docker-Expose-Session-Sharedkey", sharedKey),
        };
        // HttpClient joins the values of one header by commas, so the tunnel can name one method only. The daemon looks at the list for
        // FileSync and FileSend and calls all others without asking.
        IReadOnlyList<string> methods = channel == SessionChannel.Upgrade ? SessionMethods.All : [SessionMethods.FileSync];
        headers.AddRange(methods.Select(method => new KeyValuePair<string, string>("X-Docker-Expose-Session-Grpc-Method", method)));
        return headers;
    }
}
