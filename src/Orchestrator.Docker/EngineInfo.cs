using System.Text.Json;
using Orchestrator.Docker.Api;

namespace Orchestrator.Docker;

/// <summary>The part of <c>/info</c> that decisions rest on.</summary>
public sealed record EngineInfo
{
    /// <summary>Identifies this engine among others; stays when it restarts.</summary>
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The storage driver, e.g. <c>overlay2</c> or <c>overlayfs</c>.</summary>
    public string Driver { get; init; } = "";

    /// <summary>Pairs of a name and a value.</summary>
    public IReadOnlyList<IReadOnlyList<string>> DriverStatus { get; init; } = [];

    public string DockerRootDir { get; init; } = "";

    /// <summary>In bytes.</summary>
    public long MemTotal { get; init; }

    public int NCpu { get; init; }

    /// <summary>Registries (<c>host[:port]</c>), and networks of registries (<c>10.0.0.0/8</c>), whose certificate the engine does not check (<c>insecure-registries</c>).</summary>
    public IReadOnlyList<string> InsecureRegistries { get; init; } = [];

    /// <summary>Whether images live in containerd's store instead of a graph driver.</summary>
    public bool UsesContainerdStore => DriverStatus.Any(pair => pair is ["driver-type", "io.containerd.snapshotter.v1"]);

    internal static EngineInfo From(JsonElement answer) => new()
    {
        Id = answer.Text("ID"),
        Name = answer.Text("Name"),
        Driver = answer.Text("Driver"),
        DriverStatus = answer.Rows("DriverStatus"),
        DockerRootDir = answer.Text("DockerRootDir"),
        MemTotal = answer.Number("MemTotal"),
        NCpu = (int)answer.Number("NCPU"),
        InsecureRegistries = Insecure(answer),
    };

    /// <summary>A registry of which nothing is said is a secure one.</summary>
    private static List<string> Insecure(JsonElement answer)
    {
        var hosts = new List<string>();
        if (answer.Object("RegistryConfig")?.Object("IndexConfigs") is { } registries)
        {
            foreach (var registry in registries.EnumerateObject())
            {
                if (registry.Value.Flag("Secure") == false)
                {
                    hosts.Add(registry.Name);
                }
            }
        }

        hosts.AddRange(answer.Object("RegistryConfig")?.Texts("InsecureRegistryCIDRs") ?? []);
        return hosts;
    }
}
