using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Reading;

/// <summary>Reads the checked mapping at the top of a graph file, value by value. Where there were errors the result is not to be used.</summary>
internal sealed class GraphContent(KeyedMapping graph, ReadingScope scope)
{
    private readonly DiagnosticBag _diagnostics = scope.Diagnostics;
    private SectionReader? _sections;

    public bool IsNamed => graph.Text("name") is not null;

    public string Name()
    {
        if (graph.FilledText("name") is not { } name)
        {
            return ImageKeyGrammar.MakeValid(Path.GetFileName(scope.Paths.Directory));
        }

        if (!ImageKeyGrammar.IsValid(name.Value))
        {
            _diagnostics.Add(Rules.InvalidImageKey.At(name.Span, name.Value, "a graph"));
        }

        return name.Value;
    }

    public string? Registry()
    {
        if (graph.FilledText("registry") is not { } registry)
        {
            return null;
        }

        var prefix = registry.Value.TrimEnd('/');
        if (!ImageReference.TryParse(prefix + "/x", out _))
        {
            _diagnostics.Add(Rules.InvalidValue.At(registry.Span, registry.Value, "registry", "write a host, or a host and a path, such as ghcr.io/acme"));
        }

        return prefix;
    }

    public RegistryMemorySettings Memory()
    {
        if (graph.Find("cache")?.Value is not YamlMapping mapping || new KeyedMapping(mapping, KeyPlaces.Cache, "'cache'", _diagnostics).FilledText("registry") is not { } registry)
        {
            return new RegistryMemorySettings(null, null);
        }

        if (registry.Value is "true" or "false")
        {
            if (registry.Value == "true" && graph.Find("registry") is null)
            {
                _diagnostics.Add(Rules.InvalidValue.At(registry.Span, "true", "registry", "nothing says which one; set 'registry' at the top, or write the prefix here"));
            }

            return new RegistryMemorySettings(registry.Value == "true", null);
        }

        var prefix = registry.Value.TrimEnd('/');
        if (!ImageReference.TryParse(prefix + "/x", out _))
        {
            _diagnostics.Add(Rules.InvalidValue.At(registry.Span, registry.Value, "registry", "write true, false, or a host and perhaps a path, such as ghcr.io/acme/cache"));
        }

        return new RegistryMemorySettings(true, prefix);
    }

    /// <summary>What holds for every image that does not say otherwise.</summary>
    public ImageSection Defaults()
    {
        var defaults = graph.Find("defaults")?.Value is YamlMapping mapping
            ? Sections.Read(new KeyedMapping(mapping, KeyPlaces.Defaults, "'defaults'", _diagnostics))
            : new ImageSection();
        var publishTags = PublishTags.Read(graph, _diagnostics);
        return defaults with { PublishTags = defaults.PublishTags ?? publishTags };
    }

    public IReadOnlyList<NamedSection> Images() =>
        [.. graph.Entries("images").Select(entry => Image(entry, Sections) is { } section ? new NamedSection(new Located<string>(entry.Key.Value, entry.Key.Span), section) : null).OfType<NamedSection>()];

    private SectionReader Sections => _sections ??= new SectionReader(scope, DeclaredSecrets());

    private ImageSection? Image(YamlEntry entry, SectionReader reader)
    {
        var name = entry.Key.Value;
        if (name.StartsWith("x-", StringComparison.Ordinal))
        {
            return null;
        }

        if (!ImageKeyGrammar.IsValid(name))
        {
            _diagnostics.Add(Rules.InvalidImageKey.At(entry.Key.Span, name, "an image"));
        }

        switch (entry.Value)
        {
            case YamlScalar { Value.Length: > 0, IsNull: false } context:
                return new ImageSection { Context = new Located<string>(context.Value, context.Span) };
            case YamlMapping mapping:
                var section = reader.Read(new KeyedMapping(mapping, KeyPlaces.Image, "an image", _diagnostics));
                // A context that was refused is not the default one.
                return section.Context is null && mapping.Entries.Any(each => each.Key.Value == "context") ? null : section;
            case YamlScalar text when _diagnostics.HasErrorIn(text.Span):
                return null;
            default:
                _diagnostics.Add(Rules.WrongType.At(entry.Value.Span, name, "a context (a text) or a mapping", entry.Value.Kind));
                return null;
        }
    }

    private Dictionary<string, BuildSecret> DeclaredSecrets()
    {
        var declared = new Dictionary<string, BuildSecret>(StringComparer.Ordinal);
        foreach (var entry in graph.Entries("secrets"))
        {
            BuildSecret? secret = null;
            if (entry.Value is YamlMapping mapping)
            {
                secret = SecretSource.Read(entry.Key.Value, new KeyedMapping(mapping, KeyPlaces.GraphSecret, "a secret", _diagnostics), scope, scope.Variables);
            }
            else
            {
                _diagnostics.Add(Rules.WrongType.At(entry.Value.Span, entry.Key.Value, "a mapping with 'file' or 'environment'", entry.Value.Kind));
            }

            declared[entry.Key.Value] = secret ?? new BuildSecret(entry.Key.Value, null, null); // it has had its diagnostic
        }

        return declared;
    }
}
