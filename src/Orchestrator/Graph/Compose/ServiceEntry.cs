using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>What a service says of its image, with everything laid over each other and its paths absolute.</summary>
internal sealed record ServiceEntry
{
    public required Located<string> Name { get; init; }

    /// <summary>The image that its containers are started from: what <c>image</c> says, else the project's and the service's name.</summary>
    public required Located<string> Image { get; init; }

    /// <summary>Null where nothing is built.</summary>
    public YamlMapping? Build { get; init; }

    /// <summary>What it runs on; for one that is built and does not say, what Docker's commands build for by default.</summary>
    public Located<string>? Platform { get; init; }

    /// <summary>The service does not name its platform: anything that is said of its build goes before it.</summary>
    public bool IsDefaultPlatform { get; init; }

    /// <summary>Empty where it is always active.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>Whether one of its profiles is active, or it has none.</summary>
    public bool IsActive { get; init; } = true;
}
