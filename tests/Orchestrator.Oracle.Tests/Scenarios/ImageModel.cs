using System.Collections.Immutable;

namespace Orchestrator.Oracle.Tests.Scenarios;

/// <summary>One image of a scenario, as images.yml and its Dockerfile will say it.</summary>
internal sealed record ImageModel
{
    /// <summary>Key in the graph and local name.</summary>
    public required string Name { get; init; }

    /// <summary>The context's folder, relative to the repository.</summary>
    public required string Context { get; init; }

    /// <summary>The Dockerfile, relative to the context.</summary>
    public string Dockerfile { get; init; } = "Dockerfile";

    /// <summary>Instructions, comments and blank lines of the Dockerfile, each with all its lines.</summary>
    public required ImmutableList<string> Instructions { get; init; }

    public ImmutableSortedDictionary<string, string> Arguments { get; init; } = Empty;

    public ImmutableSortedDictionary<string, string> Labels { get; init; } = Empty;

    /// <summary>Name to a folder of the repository, or to the name of an image of the graph behind <c>image:</c>.</summary>
    public ImmutableSortedDictionary<string, string> NamedContexts { get; init; } = Empty;

    public string? Target { get; init; }

    public string? Network { get; init; }

    public string? ExtraHost { get; init; }

    private static ImmutableSortedDictionary<string, string> Empty { get; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public string DockerfilePath => Context == "." ? Dockerfile : $"{Context}/{Dockerfile}";

    public string DockerfileText => string.Concat(Instructions.Select(instruction => instruction + "\n"));
}
