namespace Orchestrator.Tool.Live;

/// <summary>An image of the plan.</summary>
/// <param name="Name">Its key in the graph.</param>
/// <param name="Bases">What has to be there before it; names.</param>
/// <param name="IsWork">It is built or pulled; otherwise it takes no time to speak of.</param>
/// <param name="Duration">What it took when it was built last; null: not known.</param>
internal sealed record ExpectedImage(string Name, IReadOnlyList<string> Bases, bool IsWork, TimeSpan? Duration);
