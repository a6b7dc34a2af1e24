using Orchestrator.Docker;
using Orchestrator.Keys;

namespace Orchestrator.Planning;

/// <summary>What images were made of when they were built.</summary>
internal sealed class BuildMemory(DockerEngine engine, ExplanationStore explanations)
{
    /// <summary>
    /// Of the image that has the name now, whatever was built since for other engines; else of the last build that is remembered. Null when none is.
    /// </summary>
    public async Task<KeyExplanation?> FindAsync(ResolvedImage image, CancellationToken cancellationToken)
    {
        if (explanations.Latest(image.Name) is not { } latest)
        {
            return null;
        }

        var here = await engine.InspectImageAsync(image.Node.LocalNames[0].Value.ToString(), cancellationToken).ConfigureAwait(false);
        return here?.Labels.GetValueOrDefault(KeyTag.Label) is { } key && explanations.Find(image.Name, new CacheKey(key)) is { } named ? named : latest;
    }

    /// <summary>Of the build with this key; null when it is not remembered.</summary>
    public KeyExplanation? Find(string image, CacheKey key) => explanations.Find(image, key);
}
