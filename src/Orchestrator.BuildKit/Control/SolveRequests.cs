using System.Text.RegularExpressions;
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

        if (options.SourceConversions.Count > 0)
        {
            request.SourcePolicy = new Policy { Version = 1, Rules = { options.SourceConversions.Select(Convert) } };
        }

        return request;
    }

    // An expression for exactly this text: the daemon ignores the replacement of a rule whose match type is EXACT.
    private static Rule Convert(SourceConversion conversion) => new()
    {
        Action = PolicyAction.Convert,
        Selector = new Selector { Identifier = $"^{Regex.Escape(conversion.Identifier)}$", MatchType = Protos.MatchType.Regex },
        Updates = new Update { Identifier = conversion.Replacement },
    };

    private static Dictionary<string, string> Copy(IReadOnlyDictionary<string, string> values) => new(values, StringComparer.Ordinal);
}
