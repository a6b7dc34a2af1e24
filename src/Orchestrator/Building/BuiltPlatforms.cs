using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>Looks whether the engine's store has all platforms of an image that was just built: the builder may have remembered content that was removed.</summary>
internal static class BuiltPlatforms
{
    /// <param name="reference">The key tag. It is taken away from an image that lacks something, for it says that this is what the key stands for.</param>
    /// <returns>Null when nothing is missing.</returns>
    public static async Task<Diagnostic?> CheckAsync(DockerEngine engine, ResolvedImage image, string reference, CancellationToken cancellationToken)
    {
        if (image.Platforms is not { } platforms || await EnginePlatforms.FindAsync(engine, reference, platforms, cancellationToken).ConfigureAwait(false) is not null)
        {
            return null;
        }

        try
        {
            await engine.RemoveImageAsync(reference, force: false, noPrune: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (DockerApiException)
        {
            // The engine refuses; what is missing is still what there is to say.
        }

        return Rules.PlatformContentMissing.At(image.Node.Span, image.Node.DisplayName, string.Join(", ", platforms));
    }
}
