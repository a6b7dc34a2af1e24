using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Judging;

/// <summary>
/// Builds an image of a scenario with BuildKit alone: plain inputs, bases by their local names, the engine's warm cache; nothing of our keys and plans.
/// Every build sends its files under a key of its own. BuildKit takes a file that it was sent before for the new one when size and time are
/// equal; a judge that let it would be wrong exactly where it matters.
/// </summary>
internal interface IJudge
{
    string Name { get; }

    /// <summary>Builds and names one image; those that it is built from were built before.</summary>
    Task<Verdict> BuildAsync(string root, ImageModel image, CancellationToken cancellationToken);

    /// <summary>Builds the image that is no part of the graph.</summary>
    Task<Verdict> BuildOutsideAsync(Scenario scenario, CancellationToken cancellationToken);
}
