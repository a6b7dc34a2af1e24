namespace Orchestrator.BuildKit.Session;

/// <summary>Paths of the methods that the daemon calls on a session (buildkit-wire 4).</summary>
internal static class SessionMethods
{
    public const string Health = "/grpc.health.v1.Health/Check";
    public const string FileSync = "/moby.filesync.v1.FileSync/DiffCopy";
    public const string Credentials = "/moby.filesync.v1.Auth/Credentials";
    public const string GetSecret = "/moby.buildkit.secrets.v1.Secrets/GetSecret";
    public const string CheckAgent = "/moby.sshforward.v1.SSH/CheckAgent";
    public const string ForwardAgent = "/moby.sshforward.v1.SSH/ForwardAgent";

    /// <summary>The headers or metadata that open a session.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Announcement(string id, string sharedKey) =>
    [
        new("X-Docker-Expose-Session-Uuid", id),
        new("X-Docker-Expose-Session-Sharedkey", sharedKey),
        new("X-Docker-Expose-Session-Grpc-Method", FileSync),
    ];
}
