using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>What is known of an external image on this engine.</summary>
/// <param name="Source">Its reference.</param>
/// <param name="Identity">
/// SHA-256 over its RootFS diffIDs and its config without times and history. Never an image ID, which differs per store and import.
/// Null when the engine does not have the image.
/// </param>
/// <param name="Failure">Why it could not be had, when that was tried.</param>
/// <param name="HasTriggers">Whether its ONBUILD instructions run in what is built from it; they may read the context.</param>
internal sealed record ExternalImage(ImageReference Source, string? Identity, string? Failure = null, bool HasTriggers = false);
