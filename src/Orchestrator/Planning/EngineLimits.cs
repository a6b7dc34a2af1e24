using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>What a graph asks for and this engine cannot do: found before anything is built.</summary>
internal static class EngineLimits
{
    /// <param name="graph">What is to be built.</param>
    /// <param name="platform">Of the engine, such as <c>linux/amd64</c>.</param>
    /// <param name="usesContainerdStore">Whether images lie in containerd's store.</param>
    /// <param name="tellsPlatforms">Whether the engine can be asked for one platform of an image.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static void Check(ResolvedGraph graph, string platform, bool usesContainerdStore, bool tellsPlatforms, DiagnosticBag diagnostics)
    {
        foreach (var image in graph.Images)
        {
            var build = image.Node.Build;
            if (image.Platforms is { } platforms && !(usesContainerdStore && tellsPlatforms))
            {
                diagnostics.Add(Rules.OtherPlatform.At(build.Platforms[0].Span, string.Join(", ", platforms), platform, usesContainerdStore ? "it is older than 28.1" : "its images are not in containerd's store"));
            }

            foreach (var target in usesContainerdStore ? [] : build.CacheTo.Where(target => target.Value.Type != CacheLocation.Inline))
            {
                diagnostics.Add(Rules.CacheExportImpossible.At(target.Span, target.Value.Type));
            }
        }
    }
}
