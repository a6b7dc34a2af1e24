using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>What is known of an external image, on this engine or in its registry.</summary>
/// <param name="Source">Its reference.</param>
/// <param name="Identity">
/// The digest that the lock pins it to; without a lock, SHA-256 over its RootFS diffIDs and its config without times and history. Never an image ID, which differs per store and import.
/// Null when the engine does not have the image, no registry was asked for it, and no lock says what it is.
/// </param>
/// <param name="Failure">Why it could not be had, when that was tried.</param>
internal sealed record ExternalImage(ImageReference Source, string? Identity, string? Failure = null)
{
    /// <summary>The engine's ID of the image that was looked at; its name may move at any time. Empty when it is not here.</summary>
    public string ImageId { get; init; } = "";

    /// <summary>False: the engine does not have it; what is known of it, its registry or the lock says.</summary>
    public bool IsHere { get; init; } = Identity is not null;

    /// <summary>Its configuration was read, on the engine or in its registry.</summary>
    public bool IsKnown { get; init; } = Identity is not null;

    /// <summary>It is in no registry, and its content is not what the lock says: what it is instead, and what the lock says.</summary>
    public (string Found, string Locked)? Mismatch { get; init; }

    /// <summary>What its configuration sets.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The digest that its registry had for it when it was pulled or asked for; null for an image that came from elsewhere.</summary>
    public string? RegistryDigest { get; init; }

    /// <summary>It is wanted for the engine's own platform; otherwise it stands here as it is for the first of <see cref="Others"/>.</summary>
    public bool IsForEngine { get; init; } = true;

    /// <summary>The same image for platforms that are not the engine's own, as far as something is built for them; all of one index.</summary>
    public IReadOnlyDictionary<string, ExternalImage> Others { get; init; } = new Dictionary<string, ExternalImage>();

    /// <summary>ONBUILD instructions, which run in what is built from it and may read the context.</summary>
    public IReadOnlyList<string> Triggers { get; init; } = [];

    /// <summary>It and its <see cref="Others"/>.</summary>
    public IEnumerable<ExternalImage> All => Others.Values.Prepend(this);

    /// <summary>Tells what is held on the engine for a run from everything else; null when it is not known. Two images that agree on the engine's platform may differ on another.</summary>
    private string? HeldIdentity => Others.Count == 0 || Identity is null || Others.Values.Any(other => other.Identity is null) ? Identity
        : KeyTag.BasesDigest(Others.Select(other => new Keys.NamedText(other.Key, other.Value.Identity)).Append(new Keys.NamedText("", Identity)));

    /// <inheritdoc cref="HeldIdentity"/>
    /// <remarks>Where an image for the engine takes it for another platform, nobody looked at that one: the engine's ID then stands for all of them, as in the key.</remarks>
    public string? HeldFor(ExternalUse use) => use.IsOtherPlatform && HeldIdentity is { } held ? KeyTag.BasesDigest([new Keys.NamedText(ImageId, held)]) : HeldIdentity;

    /// <param name="platform">Null is the engine's own.</param>
    /// <returns>Null when nobody looked for it.</returns>
    public ExternalImage? For(string? platform) => platform is null ? this : Others.GetValueOrDefault(platform);

    /// <inheritdoc cref="For(string?)"/>
    /// <exception cref="InvalidOperationException">Nobody looked for it.</exception>
    public ExternalImage For(ExternalUse use) => For(use.Platform) ?? throw new InvalidOperationException($"Nobody looked for '{Source}' for {use.Platform}.");
}
