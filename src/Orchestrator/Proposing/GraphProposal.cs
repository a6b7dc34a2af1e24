namespace Orchestrator.Proposing;

/// <summary>An <c>images.yml</c> that was inferred from what a repository holds.</summary>
/// <param name="Name">The graph's.</param>
internal sealed record GraphProposal(string Name)
{
    public const string FileName = "images.yml";

    /// <summary>The Compose projects whose services are images, each with the files that lie over each other; relative to the repository.</summary>
    public IReadOnlyList<ProposedProject> Projects { get; init; } = [];

    /// <summary>The entries under <c>images:</c>.</summary>
    public IReadOnlyList<ProposedImage> Images { get; init; } = [];

    public IReadOnlyList<LeftOut> LeftOut { get; init; } = [];

    public bool IsEmpty => Projects.Count == 0 && Images.Count == 0;
}
