using System.Globalization;
using Orchestrator.Docker;

namespace Orchestrator.Testing;

/// <summary>
/// Labels of the containers of tests, by which a later run knows those that a killed one left behind: its own by their owner, where it is alone; anybody's of the graph
/// by the time until which they may be needed, for a job in a container comes back under another name.
/// </summary>
/// <param name="owner">Tells the containers of this graph, user and machine from all others.</param>
/// <param name="graph">Tells the containers of this graph from those of others, whoever runs its tests.</param>
/// <param name="isAlone">No other run of this owner is testing, because this one holds the graph's lock.</param>
/// <param name="time">The clock; that of another machine may go otherwise.</param>
internal sealed class ContainerMarks(string owner, string graph, bool isAlone, TimeProvider time)
{
    public const string Owner = "orchestrator.test";
    public const string Graph = "orchestrator.test.graph";

    /// <summary>Seconds since 1970.</summary>
    public const string Deadline = "orchestrator.test.deadline";

    /// <summary>For an engine that is slow, and clocks that differ.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>What <see cref="Graph"/> is of this graph's.</summary>
    public string GraphValue => graph;

    /// <param name="timeout">How long its command may run.</param>
    public IReadOnlyDictionary<string, string> Of(TimeSpan timeout) => new Dictionary<string, string>
    {
        [Owner] = owner,
        [Graph] = graph,
        [Deadline] = (time.GetUtcNow() + timeout + Grace).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
    };

    /// <param name="container">One of the graph.</param>
    public bool IsLeftover(ContainerSummary container) =>
        (isAlone && container.Labels.GetValueOrDefault(Owner) == owner)
        || (long.TryParse(container.Labels.GetValueOrDefault(Deadline), NumberStyles.None, CultureInfo.InvariantCulture, out var deadline) && deadline < time.GetUtcNow().ToUnixTimeSeconds());
}
