namespace Orchestrator.Docker;

/// <summary>What a container is created with. Its output is kept by nobody: attach to it before it is started.</summary>
public sealed record ContainerSettings
{
    /// <summary>A reference or an id.</summary>
    public required string Image { get; init; }

    /// <summary>Null leaves the image's own.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>Null leaves the image's own, unless there is another entry point.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary><c>name</c> or <c>uid[:gid]</c>; empty leaves the image's own.</summary>
    public string User { get; init; } = "";

    /// <summary>Empty leaves the image's own.</summary>
    public string WorkingDirectory { get; init; } = "";

    /// <summary><c>NAME=value</c> each, on top of the image's own.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>On top of the image's own.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary><c>none</c>, <c>default</c>, <c>host</c> or a network's name. Default: <c>none</c>.</summary>
    public string Network { get; init; } = "none";
}
