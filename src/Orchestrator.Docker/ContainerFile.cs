namespace Orchestrator.Docker;

/// <summary>One entry of a container's file system.</summary>
public sealed record ContainerFile
{
    public required ContainerFileKind Kind { get; init; }

    /// <summary>The permission bits with setuid, setgid and sticky; of a link, the link's own.</summary>
    public required int Mode { get; init; }

    public required int UserId { get; init; }

    public required int GroupId { get; init; }

    /// <summary>The absolute path in the container that a link leads to in the end, whether or not something is there; empty for anything else.</summary>
    public string LinkTarget { get; init; } = "";

    /// <summary>Bytes.</summary>
    public long Size { get; init; }

    /// <summary>What a file holds; null when it was not asked for, is longer than was asked for, or is no file.</summary>
    public byte[]? Content { get; init; }
}
