namespace Orchestrator.Fixing;

/// <summary>What is changed so that sources are in their context.</summary>
internal enum FixWay
{
    /// <summary>The paths are laid into the context, Dockerfiles stay.</summary>
    Overlay,

    /// <summary>The context becomes a folder that holds everything, and the sources in Dockerfiles are written relative to it.</summary>
    Context,
}
