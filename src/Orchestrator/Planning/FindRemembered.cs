namespace Orchestrator.Planning;

/// <summary>Asks registries which of these images they have, by key. What cannot be asked counts as absent.</summary>
/// <param name="images">With known keys.</param>
internal delegate Task<IReadOnlyList<RememberedImage>> FindRemembered(IReadOnlyList<PlannedImage> images, CancellationToken cancellationToken);
