using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Reading;

/// <summary>Turns the checked mapping of an image, or of <c>defaults</c>, into a section. Each value is judged alone; what they mean together is <see cref="ImageAssembly"/>'s.</summary>
internal sealed partial class SectionReader(ReadingScope scope, IReadOnlyDictionary<string, BuildSecret> declaredSecrets)
{
    private readonly DiagnosticBag _diagnostics = scope.Diagnostics;
    private readonly TestReader _tests = new(scope);

    public ImageSection Read(KeyedMapping section)
    {
        Exclude(section, "dockerfile", "dockerfile_inline");
        Exclude(section, "target", "targets");
        Exclude(section, "targets", "tags");
        return new ImageSection
        {
            Context = section.FilledText("context"),
            Dockerfile = section.FilledText("dockerfile"),
            DockerfileInline = section.FilledText("dockerfile_inline"),
            Target = section.FilledText("target"),
            Targets = Targets(section),
            Arguments = Arguments(section),
            Labels = Named(section, "labels", "="),
            AdditionalContexts = Named(section, "additional_contexts", "="),
            Overlay = Named(section, "overlay", "="),
            Image = section.FilledText("image"),
            Project = Project(section),
            Tags = section.Texts("tags"),
            KeepsContextModes = KeepsContextModes(section),
            Network = Network(section),
            Entitlements = Entitlements(section),
            SharedMemorySize = SharedMemorySize(section),
            ExtraHosts = ExtraHosts(section),
            Ulimits = Ulimits(section),
            Secrets = Secrets(section),
            Ssh = Ssh(section),
            PublishTags = PublishTags.Read(section, _diagnostics),
            NoCache = section.Flag("no_cache"),
            Pull = section.Flag("pull"),
            Platforms = PlatformNames.Read(section, _diagnostics),
            CacheFrom = CacheLocations.From(section, _diagnostics),
            CacheTo = CacheLocations.To(section, _diagnostics),
            Provenance = Provenance.Read(section, _diagnostics),
            SbomGenerator = SbomGenerator.Read(section, _diagnostics),
            Annotations = Annotations.Read(Named(section, "annotations", "="), _diagnostics),
            BuildAfter = section.Texts("build_after"),
            Tests = _tests.Read(section),
        };
    }

    private void Exclude(KeyedMapping section, string one, string other)
    {
        if (section.Find(one) is { } first && section.Find(other) is { } second)
        {
            var later = first.Key.Span.Line > second.Key.Span.Line ? first : second;
            _diagnostics.Add(Rules.KeysExcludeEachOther.At(later.Key.Span, one, other));
        }
    }

    private List<TargetSection>? Targets(KeyedMapping section)
    {
        if (section.Find("targets") is not { } targets)
        {
            return null;
        }

        var read = new List<TargetSection>();
        foreach (var entry in section.Entries("targets"))
        {
            var name = new Located<string>(entry.Key.Value, entry.Key.Span);
            if (!ImageKeyGrammar.IsValid(name.Value))
            {
                _diagnostics.Add(Rules.InvalidImageKey.At(name.Span, name.Value, "a target"));
            }
            else if (entry.Value is YamlMapping mapping)
            {
                var keyed = new KeyedMapping(mapping, KeyPlaces.Target, "a target", _diagnostics);
                read.Add(new TargetSection(name, keyed.FilledText("tag") ?? name, Arguments(keyed)) { PublishTags = PublishTags.Read(keyed, _diagnostics), Tests = _tests.Read(keyed) });
            }
            else if (entry.Value is YamlScalar { IsNull: true })
            {
                read.Add(new TargetSection(name, name, []));
            }
            else
            {
                _diagnostics.Add(Rules.WrongType.At(entry.Value.Span, name.Value, "a mapping with 'tag' and 'args'", entry.Value.Kind));
            }
        }

        if (section.Entries("targets").Count == 0)
        {
            _diagnostics.Add(Rules.InvalidValue.At(targets.Key.Span, "", "targets", "it names no target"));
        }

        return read;
    }

    /// <summary>An argument without a value takes the environment's; without one there it stays null and the Dockerfile's default holds.</summary>
    private IReadOnlyList<KeyValuePair<string, Located<string?>>> Arguments(KeyedMapping section)
    {
        var read = Filled(section.Pairs("args"), "args").Select(pair =>
            KeyValuePair.Create(pair.Key, pair.Value with { Value = pair.Value.Value ?? scope.Variables.GetValueOrDefault(pair.Key) }));
        return ImageSection.Joined([], [.. read]);
    }

    /// <summary>Pairs whose missing values are empty texts.</summary>
    private IReadOnlyList<KeyValuePair<string, Located<string>>> Named(KeyedMapping section, string key, string separator)
    {
        var read = new List<KeyValuePair<string, Located<string>>>();
        foreach (var (name, value) in Filled(section.Pairs(key), key))
        {
            if (string.IsNullOrEmpty(value.Value) && key != "labels")
            {
                _diagnostics.Add(Rules.InvalidValue.At(value.Span, name, key, $"write name{separator}value"));
            }
            else
            {
                read.Add(new(name, new(value.Value ?? "", value.Span)));
            }
        }

        return ImageSection.Joined([], read);
    }

    private List<KeyValuePair<string, Located<string?>>> Filled(IReadOnlyList<KeyValuePair<string, Located<string?>>> pairs, string key)
    {
        foreach (var (_, value) in pairs.Where(pair => pair.Key.Length == 0))
        {
            _diagnostics.Add(Rules.InvalidValue.At(value.Span, "=" + value.Value, key, "the name is missing"));
        }

        return [.. pairs.Where(pair => pair.Key.Length > 0)];
    }

    private bool? KeepsContextModes(KeyedMapping section)
    {
        if (section.FilledText("context_modes") is not { Value: not "keep" } unknown)
        {
            return section.Find("context_modes") is null ? null : true;
        }

        _diagnostics.Add(Rules.InvalidValue.At(unknown.Span, unknown.Value, "context_modes", "write keep, or leave the key out"));
        return null;
    }

    private Located<string>? Network(KeyedMapping section)
    {
        var network = section.FilledText("network");
        if (network is { Value: not ("default" or "none" or "host") } unknown)
        {
            _diagnostics.Add(Rules.InvalidValue.At(unknown.Span, unknown.Value, "network", "BuildKit knows default, none and host"));
            return null;
        }

        return network;
    }
}
