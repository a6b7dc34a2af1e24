namespace Orchestrator.Planning;

/// <summary>Asks registries which of these images they have, by key. What cannot be asked counts as absent.</summary>
/// <param name="images">With known keys.</param>
/// <returns>By the images' names.</returns>
internal delegate Task<IReadOnlyDictionary<string, RememberedImage>> FindRemembered(IReadOnlyList<PlannedImage> images, CancellationToken cancellationToken);
