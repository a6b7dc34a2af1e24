using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>What a graph asks for and this engine cannot do: found before anything is built.</summary>
internal static class EngineLimits
{
    /// <param name="platform">Of the engine, such as <c>linux/amd64</c>.</param>
    public static void Check(ResolvedGraph graph, string platform, bool usesContainerdStore, DiagnosticBag diagnostics)
    {
        foreach (var build in graph.Images.Select(image => image.Node).Select(node => node.Build))
        {
            // The variant says how much of an architecture is used; the engine names none.
            if (build.Platform is { } wanted && string.Join('/', wanted.Value.Split('/')[..2]) != platform)
            {
                diagnostics.Add(Rules.OtherPlatform.At(wanted.Span, wanted.Value, platform));
            }

            foreach (var target in usesContainerdStore ? [] : build.CacheTo.Where(target => target.Value.Type != CacheLocation.Inline))
            {
                diagnostics.Add(Rules.CacheExportImpossible.At(target.Span, target.Value.Type));
            }
        }
    }
}
