using Orchestrator.Graph;
using Orchestrator.Registry;

namespace Orchestrator.Publishing;

/// <summary>Whether what a registry has is all of an image: an engine that pulled it has it without what is attested about it, and pushes it so.</summary>
internal static class Attested
{
    public static bool IsWhole(ImageNode node, Manifest manifest) => !node.Build.IsAttested || manifest.Manifests.Any(child => child.IsAttestation);
}
