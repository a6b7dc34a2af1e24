namespace Orchestrator.Docker;

/// <summary>What stands at a path of a container.</summary>
public enum ContainerFileKind
{
    File,
    Directory,
    Link,

    /// <summary>A device, a socket, a pipe.</summary>
    Other,
}
