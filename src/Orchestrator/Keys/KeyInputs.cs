using Orchestrator.Contexts;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;

namespace Orchestrator.Keys;

/// <summary>Everything that goes into one key.</summary>
internal sealed record KeyInputs
{
    /// <summary>The platform that is built for, such as <c>linux/amd64</c>.</summary>
    public required string Platform { get; init; }

    public required DockerfileDocument Document { get; init; }

    public required StageClosure Closure { get; init; }

    public required BuildDefinition Definition { get; init; }

    public required ContextSnapshot Context { get; init; }

    /// <summary>Named contexts that are directories, by name.</summary>
    public required IReadOnlyDictionary<string, ContextSnapshot> NamedContexts { get; init; }

    public required IReadOnlyList<KeyParent> Parents { get; init; }

    /// <summary>Proxy settings that a stage declares as its own arguments.</summary>
    public IReadOnlyList<NamedText> Proxies { get; init; } = [];

    /// <summary>Reference as written and content identity of the external image that it means.</summary>
    public required IReadOnlyList<NamedText> Externals { get; init; }

    /// <summary>What ADD fetches and a lock pins: its address, and the digest or commit.</summary>
    public IReadOnlyList<NamedText> Remotes { get; init; } = [];

    /// <summary>When the image was to be built anew last; null when never.</summary>
    public string? Refresh { get; init; }

    /// <summary>The Dockerfile may mean anything: another frontend reads it. Then all of its text counts.</summary>
    public bool IsOtherFrontend { get; init; }
}
