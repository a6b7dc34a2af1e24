namespace Orchestrator.BuildKit;

/// <summary>How the daemon reaches the session.</summary>
public enum SessionChannel
{
    /// <summary>Channel B: a connection of its own, upgraded with <c>POST /session</c>. Engines up to 29.1, and later ones while they keep it.</summary>
    Upgrade,

    /// <summary>Channel C: a tunnel in a <c>Control/Session</c> call. Any engine; only one method can be announced, so file receiving is not offered.</summary>
    Tunnel,
}
