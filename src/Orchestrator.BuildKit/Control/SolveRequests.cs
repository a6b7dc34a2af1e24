using Orchestrator.BuildKit.Protos;

namespace Orchestrator.BuildKit.Control;

/// <summary>Turns options into the message for the daemon.</summary>
internal static class SolveRequests
{
    public static SolveRequest Create(string reference, SolveOptions options)
    {
        var request = new SolveRequest
        {
            Ref = reference,
            Session = options.SessionId,
            Frontend = options.Frontend,
            FrontendAttrs = { Copy(options.FrontendAttributes) },
            Entitlements = { options.Entitlements },
            // Not in the daemon's history: it has room for fifty builds, so that one run would drive all others out, and its record is a tenth of what is written for a small image.
            Internal = true,
        };
        if (options.ExporterType is { } type)
        {
            // Both forms: daemons before BuildKit 0.13 know only the first, later ones prefer the second.
            request.ExporterDeprecated = type;
            request.ExporterAttrsDeprecated.Add(Copy(options.ExporterAttributes));
            request.Exporters.Add(new Exporter { Type = type, Attrs = { Copy(options.ExporterAttributes) } });
        }

        if (options.CacheExports.Count > 0)
        {
            request.Cache = new CacheOptions
            {
                Exports = { options.CacheExports.Select(export => new CacheOptionsEntry { Type = export.Type, Attrs = { Copy(export.Attributes) } }) },
            };
        }

        request.SourcePolicy = SourcePolicies.Of(options);
        return request;
    }

    private static Dictionary<string, string> Copy(IReadOnlyDictionary<string, string> values) => new(values, StringComparer.Ordinal);
}
