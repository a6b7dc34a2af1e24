using NuGet.Versioning;

namespace Orchestrator.Tagging;

/// <summary>What this build is: the values that tag templates take in.</summary>
internal sealed record ReleaseFacts
{
    public required Fact<NuGetVersion> Version { get; init; }

    /// <summary>The whole hash, without <c>-dirty</c>.</summary>
    public required Fact<string> Commit { get; init; }

    /// <summary>The tree differs from the commit, so every <c>{sha}</c> ends in <c>-dirty</c>.</summary>
    public bool IsDirty { get; init; }

    /// <summary>As git or CI has it, not yet made safe.</summary>
    public required Fact<string> Branch { get; init; }
}
