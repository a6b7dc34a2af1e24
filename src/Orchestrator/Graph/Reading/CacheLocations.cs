using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>Reads <c>cache_from</c> and <c>cache_to</c>: <c>type=registry,ref=…</c>, or a reference alone.</summary>
internal static class CacheLocations
{
    private static readonly string[] Sources = [CacheLocation.Registry, CacheLocation.Gha];
    private static readonly string[] Targets = [CacheLocation.Inline, CacheLocation.Registry, CacheLocation.Gha];

    public static IReadOnlyList<Located<CacheLocation>> From(KeyedMapping section, DiagnosticBag diagnostics) => Read(section, "cache_from", Sources, diagnostics);

    public static IReadOnlyList<Located<CacheLocation>> To(KeyedMapping section, DiagnosticBag diagnostics) => Read(section, "cache_to", Targets, diagnostics);

    private static IReadOnlyList<Located<CacheLocation>> Read(KeyedMapping section, string key, string[] types, DiagnosticBag diagnostics)
    {
        var read = new List<Located<CacheLocation>>();
        foreach (var written in section.Texts(key))
        {
            var (location, problem) = Parse(written.Value, types);
            if (location is not null)
            {
                read.Add(new(location, written.Span));
            }
            else
            {
                diagnostics.Add(Rules.InvalidValue.At(written.Span, written.Value, key, problem));
            }
        }

        return read;
    }

    private static (CacheLocation? Location, string Problem) Parse(string text, string[] types)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Contains('=', StringComparison.Ordinal) ? text.Split(',') : [$"type={CacheLocation.Registry}", $"ref={text}"])
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || !attributes.TryAdd(part[..equals].Trim(), part[(equals + 1)..].Trim()))
            {
                return (null, $"'{part}' is not NAME=VALUE, or the name comes twice");
            }
        }

        attributes.Remove("type", out var type);
        return type is null || !types.Contains(type) ? (null, $"its type must be {string.Join(" or ", types)}; others are not supported yet")
            : type == CacheLocation.Registry && !ImageReference.TryParse(attributes.GetValueOrDefault("ref") ?? "", out _) ? (null, "a registry's cache needs 'ref', the reference of an image")
            : (new CacheLocation(type, attributes), "");
    }
}
