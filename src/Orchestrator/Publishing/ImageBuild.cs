namespace Orchestrator.Publishing;

/// <summary>How an image in a registry was built, as it says itself.</summary>
/// <param name="Created">When; of an index the newest.</param>
/// <param name="Image">Which image of its graph it is; null when it does not say.</param>
/// <param name="Platforms">What for, <c>os/architecture</c>.</param>
internal sealed record ImageBuild(DateTimeOffset Created, string? Image, IReadOnlyList<string> Platforms);
