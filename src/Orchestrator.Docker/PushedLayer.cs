namespace Orchestrator.Docker;

/// <summary>Where a layer is on its way to a registry.</summary>
public enum PushedLayer
{
    /// <summary>Not begun, or on its way.</summary>
    Pushing,

    /// <summary>It was sent.</summary>
    Pushed,

    /// <summary>The registry had it in this repository.</summary>
    Present,

    /// <summary>The registry had it in another repository and uses it from there; nothing was sent.</summary>
    Mounted,

    /// <summary>Sending it failed, and the engine is going to send it once more by itself.</summary>
    Retrying,
}
