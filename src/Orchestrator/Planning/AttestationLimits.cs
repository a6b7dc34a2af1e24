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
        foreach (var provenance in graph.Images.Select(image => image.Node.Build.Provenance).OfType<Located<ProvenanceMode>>().DistinctBy(provenance => provenance.Span))
        {
            if (!usesContainerdStore)
            {
                diagnostics.Add(Rules.AttestationImpossible.At(provenance.Span, "provenance"));
            }
            else if (provenance.Value == ProvenanceMode.Max && proxies.FirstOrDefault(proxy => proxy.Value.Contains('@', StringComparison.Ordinal)).Key is { } proxy)
            {
                diagnostics.Add(Rules.ProxyPasswordAttested.At(provenance.Span, proxy));
            }
        }

        if (usesContainerdStore)
        {
            diagnostics.AddRange(graph.Images.Where(image => image.Node.Build.Provenance is not null).SelectMany(image => image.Closure.RemoteUses).Where(use => use.Address.IsPrivate)
                .Select(use => Rules.AddressAttested.At(use.Url.Span, use.Source)));
        }
        else
        {
            Refuse("sbom", graph.Images.Select(image => image.Node.Build.SbomGenerator));
            Refuse("annotations", graph.Images.Select(image => image.Node.Build.Annotations.Select(annotation => annotation.Value).FirstOrDefault()));
        }

        void Refuse(string key, IEnumerable<Located<string>?> values) =>
            diagnostics.AddRange(values.OfType<Located<string>>().Select(value => value.Span).Distinct().Select(span => Rules.AttestationImpossible.At(span, key)));
    }
}
