using Orchestrator.Diagnostics;

namespace Orchestrator.Reports;

/// <summary>
/// What a run of <c>build</c> did, for whoever reads about it afterwards. This folder collects it while the run goes on (<see cref="RunRecorder"/>), asks
/// the engine for layers (<see cref="LayerReader"/>), remembers what builds took (<see cref="PastBuilds"/>) and knows nothing of pages and files.
/// </summary>
internal sealed record RunReport
{
    /// <summary>The graph's name; empty when it could not be read.</summary>
    public required string Graph { get; init; }

    /// <summary>Absolute path of the graph file; empty when it could not be read.</summary>
    public required string File { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>From the start until it was known what has to be done; null when that never was.</summary>
    public TimeSpan? PlannedAfter { get; init; }

    /// <summary>In dependency order.</summary>
    public required IReadOnlyList<ReportedImage> Images { get; init; }

    /// <summary>In the order in which they began.</summary>
    public IReadOnlyList<ReportedPull> Pulls { get; init; } = [];

    /// <summary>Each once, in the order of finding.</summary>
    public required IReadOnlyList<Diagnostic> Diagnostics { get; init; }

    /// <summary>Null when no build before this one is remembered.</summary>
    public BuildComparison? Comparison { get; init; }

    /// <summary>The names of the longest chain, see <see cref="Reports.CriticalPath"/>.</summary>
    public IReadOnlyList<string> CriticalPath { get; init; } = [];

    /// <summary>It was ended before it was through.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>It got as far as to know what has to be done.</summary>
    public bool IsPlanned => PlannedAfter is not null;

    public bool Succeeded => !IsCancelled && Images.All(image => image.IsSuccess) && Diagnostics.All(diagnostic => diagnostic.Severity != Severity.Error);
}
