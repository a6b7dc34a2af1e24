namespace Orchestrator.BuildKit.Session;

/// <summary>The paths of the methods that a session offers to the daemon.</summary>
internal static class SessionMethods
{
    public const string Health = "/grpc.health.v1.Health/Check";
    public const string FileSync = "/moby.filesync.v1.FileSync/DiffCopy";
    public const string Credentials = "/moby.filesync.v1.Auth/Credentials";
    public const string GetSecret = "/moby.buildkit.secrets.v1.Secrets/GetSecret";
    public const string CheckAgent = "/moby.sshforward.v1.SSH/CheckAgent";
    public const string ForwardAgent = "/moby.sshforward.v1.SSH/ForwardAgent";

    public static IReadOnlyList<string> All { get; } = [Health, FileSync, Credentials, GetSecret, CheckAgent, ForwardAgent];
}
