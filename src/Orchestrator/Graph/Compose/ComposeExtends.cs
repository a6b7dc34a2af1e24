using Orchestrator.Diagnostics;
using Orchestrator.Graph.Reading;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>Resolves <c>extends</c>: a service lies over the one that it names, in its own file or in another.</summary>
internal sealed class ComposeExtends(ComposeModel model, RepositoryPaths paths, ComposeMerge merge, DiagnosticBag diagnostics)
{
    private const int MaximumDepth = 100;

    /// <summary>Files that services extend are read once for each set of variables.</summary>
    private readonly Dictionary<(string File, object Variables), ServiceSet> _sets = [];

    /// <summary>The services of one file, resolved one by one as they are asked for.</summary>
    private sealed record ServiceSet(ComposeLayer Layer, OrderedDictionary<string, YamlEntry> Services, ComposeResets Resets)
    {
        public HashSet<string> Done { get; } = new(StringComparer.Ordinal);

        /// <summary>What is wrong with services of a file that others extend: it matters where one is extended.</summary>
        public Dictionary<string, DiagnosticBag> Mistakes { get; init; } = [];
    }

    private readonly record struct Step(string File, string Service);

    public YamlMapping Apply(YamlMapping document, ComposeLayer layer, ComposeResets resets)
    {
        if (document.Find("services") is not { Value: YamlMapping services } entry || services.Entries.All(service => service.Value is not YamlMapping one || one.Find("extends") is null))
        {
            return document;
        }

        var set = SetOf(services, layer, resets);
        foreach (var service in services.Entries)
        {
            Resolve(service.Key.Value, set, []);
        }

        return document.With("services", _ => services with { Entries = [.. set.Services.Values] });
    }

    private static ServiceSet SetOf(YamlMapping services, ComposeLayer layer, ComposeResets resets) =>
        new(layer, new OrderedDictionary<string, YamlEntry>(services.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, entry)), StringComparer.Ordinal), resets);

    private YamlMapping Resolve(string name, ServiceSet set, List<Step> chain)
    {
        var entry = set.Services[name];
        var service = entry.Value as YamlMapping ?? new YamlMapping(entry.Value.Span, []);
        if (set.Done.Contains(name) || service.Find("extends") is not { } extends)
        {
            return service;
        }

        var merged = service.With("extends", _ => null);
        var step = new Step(set.Layer.File, name);
        if (IsFinite(step, extends.Key.Span, chain) && Base(name, extends.Value, set) is var (wanted, target))
        {
            var below = Resolve(wanted, target, [.. chain, step]);
            merged = merge.Services(set.Resets.ApplyToService(name, below), merged) with { Span = service.Span };
        }

        set.Done.Add(name);
        set.Services[name] = entry with { Value = merged };
        return merged;
    }

    private bool IsFinite(Step step, SourceSpan place, List<Step> chain)
    {
        var start = chain.IndexOf(step);
        if (start >= 0)
        {
            var circle = chain[start..].Append(step).Select(item => $"'{item.Service}' in {Path.GetFileName(item.File)}");
            diagnostics.Add(Rules.ExtendsCycle.At(place, string.Join(", ", circle)));
        }
        else if (chain.Count >= MaximumDepth)
        {
            diagnostics.Add(Rules.ComposeTooMuch.At(place, $"{MaximumDepth} services that extend each other in a row"));
        }

        return start < 0 && chain.Count < MaximumDepth;
    }

    /// <summary>The service that is extended and the set that holds it; null with a diagnostic.</summary>
    private (string Name, ServiceSet Set)? Base(string name, YamlNode extends, ServiceSet set)
    {
        var wanted = extends as YamlScalar ?? (extends as YamlMapping)?.Find("service")?.Value as YamlScalar;
        if (wanted is null or { IsNull: true })
        {
            diagnostics.Add(Rules.KeyMissing.At(extends.Span, "'extends'", "service"));
            return null;
        }

        var file = (extends as YamlMapping)?.Find("file")?.Value as YamlScalar;
        if (file is null or { IsNull: true })
        {
            return Found(name, wanted, set, "this file");
        }

        return OtherFile(file, set.Layer) is { } other ? Found(name, wanted, other, Path.GetFileName(file.Value)) : null;
    }

    private (string Name, ServiceSet Set)? Found(string name, YamlScalar wanted, ServiceSet set, string where)
    {
        var mistakes = set.Mistakes.GetValueOrDefault(wanted.Value)?.Items ?? [];
        diagnostics.AddRange(mistakes);
        if (set.Services.ContainsKey(wanted.Value))
        {
            return (wanted.Value, set);
        }

        if (mistakes.Count > 0)
        {
            return null;
        }

        diagnostics.Add(Rules.ExtendsUnknown.At(wanted.Span, name, wanted.Value, where, DidYouMean.Phrase(wanted.Value, set.Services.Keys.Where(key => key != name))));
        return null;
    }

    private ServiceSet? OtherFile(YamlScalar file, ComposeLayer layer)
    {
        if (file.Value.Contains("://", StringComparison.Ordinal))
        {
            diagnostics.Add(Rules.RemoteResource.At(file.Span, file.Value));
            return null;
        }

        var absolute = paths.Absolute(file.Value, layer.Directory);
        if (_sets.TryGetValue((absolute, layer.Variables), out var known))
        {
            return known;
        }

        var before = diagnostics.Items.Count;
        var services = new YamlMapping(file.Span, []);
        var last = ComposeResets.Take(services).Resets;
        var mistakes = new Dictionary<string, DiagnosticBag>(StringComparer.Ordinal);
        foreach (var (document, resets) in model.Documents(absolute, file.Span, layer.Variables, service => mistakes.TryGetValue(service, out var found) ? found : mistakes[service] = new DiagnosticBag()))
        {
            services = merge.Models(resets.Apply(services), document);
            last = resets;
        }

        var directory = Path.GetDirectoryName(absolute)!;
        var resolved = new ComposePaths(paths, directory).Resolve(services).Find("services")?.Value as YamlMapping;
        if (resolved is null && diagnostics.Items.Count > before)
        {
            return null; // it could not be read, and that was said
        }

        var set = SetOf(resolved ?? services with { Entries = [] }, layer with { File = absolute, Directory = directory }, last) with { Mistakes = mistakes };
        _sets.Add((absolute, layer.Variables), set);
        return set;
    }
}
