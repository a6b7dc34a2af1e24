namespace Orchestrator.Fixing;

/// <summary>Changes that were read as the files that they make, and found good.</summary>
/// <param name="Files">Those that change, or are new.</param>
/// <param name="Images">The images that the changes are for, by name.</param>
internal sealed record FixProposal(IReadOnlyList<FileDraft> Files, IReadOnlyList<string> Images)
{
    public static FixProposal None { get; } = new([], []);
}
