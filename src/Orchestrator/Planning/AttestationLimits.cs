using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>What a graph wants to be said beside its images, and cannot or must not be said: found before anything is built.</summary>
internal static class AttestationLimits
{
    /// <param name="graph">The images that are wanted, with what they need.</param>
    /// <param name="usesContainerdStore">The other one keeps images alone; its exporter drops what is about them without a word.</param>
    /// <param name="proxies">Proxy settings of Docker's configuration; every build gets them as arguments.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static void Check(ResolvedGraph graph, bool usesContainerdStore, IReadOnlyList<KeyValuePair<string, string>> proxies, DiagnosticBag diagnostics)
    {
        // What stands under `defaults` is said once.
        foreach (var image in graph.Images.Where(image => image.Node.Build.Provenance is not null).DistinctBy(image => image.Node.Build.Provenance!.Span))
        {
            var (mode, span) = image.Node.Build.Provenance!;
            if (!usesContainerdStore)
            {
                diagnostics.Add(Rules.AttestationImpossible.At(span, "provenance"));
            }
            else if (mode == ProvenanceMode.Max && proxies.FirstOrDefault(proxy => proxy.Value.Contains('@', StringComparison.Ordinal)).Key is { } proxy)
            {
                diagnostics.Add(Rules.ProxyPasswordAttested.At(span, proxy));
            }
        }
    }
}
