namespace Orchestrator.BuildKit;

/// <summary>The way in which a session reaches the daemon.</summary>
public enum SessionChannel
{
    /// <summary>A connection of its own: <c>POST /session</c>.</summary>
    Upgrade,

    /// <summary>A call on the control channel: <c>Control/Session</c>.</summary>
    Tunnel,
}
