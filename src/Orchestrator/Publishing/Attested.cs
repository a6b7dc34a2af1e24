using Orchestrator.Graph;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>Whether what a registry has is all of an image: an engine that pulled it has it without what is attested about it, and pushes it so.</summary>
internal static class Attested
{
    /// <summary>Of several platforms, each is attested.</summary>
    public static bool IsWhole(ImageNode node, Manifest manifest)
    {
        if (!node.Build.IsAttested)
        {
            return true;
        }

        var told = manifest.Manifests.Where(child => child.IsAttestation).Select(child => child.About).ToHashSet();
        return told.Count > 0 && manifest.Manifests.Where(child => !child.IsAttestation).All(child => told.Contains(child.Digest.ToString()));
    }
}
