namespace Orchestrator.Benchmarks.Graphs;

/// <summary>
/// A graph of a given size, the same on every machine: one base image for every ten images, services that are built on them in turn, and one
/// folder that all services share. A hundred images have 4,828 context files.
/// </summary>
internal sealed class GeneratedGraph(int images)
{
    /// <summary>The external image that every base starts from; build/rootfs imports it.</summary>
    public const string External = "local/busybox";

    public const int FilesOfBase = 8;
    public const int FilesOfService = 52;
    public const int FilesOfShared = 68;

    public int Images { get; } = images;

    public IReadOnlyList<string> Bases { get; } = [.. Enumerable.Range(1, Math.Max(1, images / 10)).Select(number => $"base-{number:000}")];

    public IReadOnlyList<string> Services { get; } = [.. Enumerable.Range(1, images - Math.Max(1, images / 10)).Select(number => $"service-{number:000}")];

    public int Files => (Bases.Count * FilesOfBase) + (Services.Count * FilesOfService) + FilesOfShared;

    public string BaseOf(int service) => Bases[service % Bases.Count];

    /// <summary>The images that a change of a base concerns, the base included.</summary>
    public int ConcernedBy(string changed) => 1 + Services.Where((_, index) => BaseOf(index) == changed).Count();
}
