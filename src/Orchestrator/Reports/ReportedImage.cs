using Orchestrator.Building;
using Orchestrator.Planning;

namespace Orchestrator.Reports;

/// <summary>What became of an image, when, and by which steps.</summary>
internal sealed record ReportedImage
{
    /// <summary>The image's key in the graph.</summary>
    public required string Name { get; init; }

    /// <summary>Its local names, the main one first.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>From 0: images of one wave can be built at the same time.</summary>
    public required int Wave { get; init; }

    /// <summary>Names of the images of the graph that it is built from.</summary>
    public required IReadOnlyList<string> Bases { get; init; }

    /// <summary>Names of the images of the graph that only come before it.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>What it is built from that the graph does not build.</summary>
    public required IReadOnlyList<string> Externals { get; init; }

    /// <summary>What was planned.</summary>
    public required PlanAction Action { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }

    public required BuildOutcome Outcome { get; init; }

    public required bool IsSuccess { get; init; }

    /// <summary>In hexadecimal; null when it is not known.</summary>
    public string? Key { get; init; }

    /// <summary>The engine's ID; empty when there is no image.</summary>
    public string ImageId { get; init; } = "";

    /// <summary>Bytes; 0 when there is no image.</summary>
    public long Size { get; init; }

    /// <summary>After the start of the run.</summary>
    public TimeSpan Started { get; init; }

    /// <summary>Zero for what was not touched.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How often it was tried again.</summary>
    public int Retries { get; init; }

    /// <summary>In the order in which they began; empty unless it was built.</summary>
    public IReadOnlyList<ReportedStep> Steps { get; init; } = [];

    /// <summary>From the lowest up; empty when the engine was not asked.</summary>
    public IReadOnlyList<ReportedLayer> Layers { get; init; } = [];

    public string DisplayName => Tags[0];
}
