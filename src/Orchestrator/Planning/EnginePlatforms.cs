using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Keys;

namespace Orchestrator.Planning;

/// <summary>What the engine has of an image for given platforms. An image counts only if the content of every one of them is there.</summary>
internal static class EnginePlatforms
{
    /// <param name="reference">A name, or an ID; a name is looked at once, so that all that is found belongs to one image.</param>
    /// <param name="platforms">In the form that platforms are compared in.</param>
    /// <returns>
    /// The image by its own ID, which is that of the index where there is one, and what it is for each platform; null when the engine has no such image, or lacks one of them.
    /// </returns>
    public static async Task<(ImageDetails Image, IReadOnlyDictionary<string, ImageDetails> Platforms)?> FindAsync(
        DockerEngine engine, string reference, IReadOnlyList<string> platforms, CancellationToken cancellationToken)
    {
        // Engines from 29.1.2 on show a platform whose content is gone as well; they tell what is missing only with the index.
        if (await engine.InspectIndexAsync(reference, cancellationToken).ConfigureAwait(false) is not { } image || image.MissingPlatforms.Any(missing => platforms.Contains(PlatformName.Normalize(missing))))
        {
            return null;
        }

        var found = await Task.WhenAll(platforms.Select(platform => OneAsync(engine, image.Id, platform, cancellationToken))).ConfigureAwait(false);
        return Array.TrueForAll(found, details => details is not null) ? (image, platforms.Zip(found, KeyValuePair.Create).ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal)) : null;
    }

    /// <summary>An engine that does not know the question shows another platform.</summary>
    public static async Task<ImageDetails?> OneAsync(DockerEngine engine, string reference, string platform, CancellationToken cancellationToken) =>
        await engine.InspectImageAsync(reference, platform, cancellationToken).ConfigureAwait(false) is { } details && PlatformName.Normalize($"{details.Os}/{details.Architecture}/{details.Variant}") == platform ? details : null;

    /// <summary>
    /// Whether an image that the engine showed is of use to builds for the engine's own platform. What was pulled for another one is there without its own, which is had by
    /// pulling; what exists for another platform alone is taken as it is.
    /// </summary>
    /// <param name="image">What the engine showed when it was asked for no platform: the best that it has; without a platform where it has none.</param>
    /// <param name="own">The engine's platform, in the form that platforms are compared in.</param>
    public static async Task<bool> IsForEngineAsync(DockerEngine engine, ImageDetails image, string own, CancellationToken cancellationToken) =>
        PlatformName.Normalize($"{image.Os}/{image.Architecture}/{image.Variant}") == own
        || (await engine.InspectIndexAsync(image.Id, cancellationToken).ConfigureAwait(false))?.MissingPlatforms.Any(missing => PlatformName.Normalize(missing) == own) != true;

    /// <summary>The content identity of a build of an image of the graph, over all of its platforms; null when the engine does not have it for all of them.</summary>
    /// <param name="platforms">Null: whatever the engine is.</param>
    public static async Task<string?> IdentityAsync(DockerEngine engine, string reference, IReadOnlyList<string>? platforms, CancellationToken cancellationToken)
    {
        if (platforms is null)
        {
            return await engine.InspectImageAsync(reference, cancellationToken).ConfigureAwait(false) is { } details ? ContentIdentity.OfBuild(details) : null;
        }

        return await FindAsync(engine, reference, platforms, cancellationToken).ConfigureAwait(false) is var (_, found)
            ? Identity(found.Select(platform => new NamedText(platform.Key, ContentIdentity.OfBuild(platform.Value)))) : null;
    }

    /// <summary>One identity of what an image is for each of its platforms; for one platform, that one's.</summary>
    public static string Identity(IEnumerable<NamedText> platforms) => platforms.ToList() is var all && all is [var single] ? single.Value! : KeyTag.BasesDigest(all);
}
