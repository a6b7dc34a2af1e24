using Orchestrator.Contexts;
using Orchestrator.Graph;

namespace Orchestrator.Keys;

/// <summary>Everything that goes into one key.</summary>
internal sealed record KeyInputs
{
    /// <summary>The platform that is built for, such as <c>linux/amd64</c>.</summary>
    public required string Platform { get; init; }

    public required string DockerfileText { get; init; }

    public required string? IgnoreText { get; init; }

    public required BuildDefinition Definition { get; init; }

    public required ContextSnapshot Context { get; init; }

    public required IReadOnlyDictionary<string, ContextSnapshot> NamedContexts { get; init; }

    /// <summary>Reference as written and key of the image of the graph that it means.</summary>
    public required IReadOnlyList<(string Reference, string Key)> Parents { get; init; }

    /// <summary>Proxy settings that a stage declares as its own arguments.</summary>
    public IReadOnlyList<(string Name, string Value)> Proxies { get; init; } = [];

    /// <summary>Reference as written and content identity of the external image that it means.</summary>
    public required IReadOnlyList<(string Reference, string Identity)> Externals { get; init; }
}
