using System.Net;

namespace Orchestrator.BuildKit.Session;

/// <summary>The place that the server listens at: none. Exactly one is bound; two would each take connections meant for the other.</summary>
internal sealed class SessionEndPoint : EndPoint
{
    public static SessionEndPoint Instance { get; } = new();

    public override string ToString() => "buildkit-session";
}
