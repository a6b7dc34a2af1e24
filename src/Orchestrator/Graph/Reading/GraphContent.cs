using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Reading;

/// <summary>Reads the checked mapping at the top of a graph file into a graph. Where there were errors the result is not to be used.</summary>
internal sealed class GraphContent(KeyedMapping graph, ReadingScope scope)
{
    private readonly DiagnosticBag _diagnostics = scope.Diagnostics;

    public ImageGraph Read(string file, IReadOnlyList<string> inputFiles)
    {
        var registry = Registry();
        var nodes = Nodes();
        if (!_diagnostics.HasErrors)
        {
            nodes = EqualBuilds.Merge(nodes);
        }

        LocalNameClaims.Check(nodes, registry, _diagnostics);
        return new ImageGraph
        {
            Name = Name(),
            File = file,
            Root = scope.Paths.Root,
            Registry = registry,
            Images = nodes,
            Sources = SourceTable.Read(graph, _diagnostics),
            InputFiles = inputFiles,
        };
    }

    private string Name()
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

    private string? Registry()
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

    private IReadOnlyList<ImageNode> Nodes()
    {
        var reader = new SectionReader(scope, DeclaredSecrets());
        var defaults = graph.Find("defaults")?.Value is YamlMapping mapping
            ? reader.Read(new KeyedMapping(mapping, KeyPlaces.Defaults, "'defaults'", _diagnostics))
            : new ImageSection();
        var publishTags = PublishTags.Read(graph, _diagnostics);
        defaults = defaults with { PublishTags = defaults.PublishTags ?? publishTags };
        var images = graph.Entries("images");
        if (images.Count == 0)
        {
            _diagnostics.Add(Rules.GraphWithoutImages.At(graph.Find("images")?.Key.Span ?? graph.Span));
        }

        var assembly = new ImageAssembly(scope);
        var nodes = images.SelectMany(entry => Image(entry, reader) is { } section
            ? assembly.Assemble(new Located<string>(entry.Key.Value, entry.Key.Span), section.Over(defaults, entry.Key.Value))
            : []).ToList();
        var links = new NodeLinks(nodes, _diagnostics);
        return [.. nodes.Select(links.Resolve)];
    }

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
                return reader.Read(new KeyedMapping(mapping, KeyPlaces.Image, "an image", _diagnostics));
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
                secret = SecretSource.Read(entry.Key.Value, new KeyedMapping(mapping, KeyPlaces.GraphSecret, "a secret", _diagnostics), scope);
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
