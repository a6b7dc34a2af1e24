using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>A Compose project as far as images are concerned.</summary>
/// <param name="Name">Begins the default image names.</param>
/// <param name="Directory">Absolute.</param>
/// <param name="Services">Those of inactive profiles too.</param>
/// <param name="Secrets">The top-level secrets by name, paths absolute; null when there are none.</param>
/// <param name="Files">Every file that was read, absolute.</param>
internal sealed record ComposeProject(string Name, string Directory, IReadOnlyList<ServiceEntry> Services, YamlMapping? Secrets, IReadOnlyList<string> Files)
{
    /// <summary>A file or <c>COMPOSE_PROJECT_NAME</c> says the name; otherwise it is what the directory is called.</summary>
    public bool IsNamed { get; init; }

    /// <summary>The process environment over those of its env files.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();
}
