using Orchestrator.Diagnostics;
using Orchestrator.Graph.ImageTests;
using Orchestrator.Graph.TagTemplates;

namespace Orchestrator.Graph.Reading;

/// <summary>An image, or <c>defaults</c>, as it was written: values checked one by one, paths not yet looked up.</summary>
internal sealed record ImageSection
{
    public Located<string>? Context { get; init; }

    public Located<string>? Dockerfile { get; init; }

    public Located<string>? DockerfileInline { get; init; }

    public Located<string>? Target { get; init; }

    public IReadOnlyList<TargetSection>? Targets { get; init; }

    public IReadOnlyList<KeyValuePair<string, Located<string?>>> Arguments { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, Located<string>>> Labels { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, Located<string>>> AdditionalContexts { get; init; } = [];

    public Located<string>? Image { get; init; }

    public ProjectSection? Project { get; init; }

    /// <summary>Place in the context to path in the repository, as written.</summary>
    public IReadOnlyList<KeyValuePair<string, Located<string>>> Overlay { get; init; } = [];

    /// <summary>What the containers of a Compose service are started from: a local name besides the image's own.</summary>
    public Located<string>? ServiceImage { get; init; }

    /// <summary>Those of a Compose service.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    public IReadOnlyList<Located<string>> Tags { get; init; } = [];

    public bool? KeepsContextModes { get; init; }

    public Located<string>? Network { get; init; }

    public IReadOnlyList<Located<string>> Entitlements { get; init; } = [];

    public Located<long>? SharedMemorySize { get; init; }

    public IReadOnlyList<Located<string>> ExtraHosts { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, Located<string>>> Ulimits { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, Located<BuildSecret>>> Secrets { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, Located<string>>> Ssh { get; init; } = [];

    /// <summary>Null where none are written; an empty list publishes nothing.</summary>
    public IReadOnlyList<TagTemplate>? PublishTags { get; init; }

    public bool? NoCache { get; init; }

    public bool? Pull { get; init; }

    /// <summary>Null where none are written; an empty list means whatever the engine is.</summary>
    public IReadOnlyList<Located<string>>? Platforms { get; init; }

    /// <summary>What it is built for where no platforms are written, here or below; null is what the engine is.</summary>
    public Located<string>? DefaultPlatform { get; init; }

    public IReadOnlyList<Located<CacheLocation>> CacheFrom { get; init; } = [];

    public IReadOnlyList<Located<CacheLocation>> CacheTo { get; init; } = [];

    public Located<ProvenanceMode>? Provenance { get; init; }

    /// <summary>An empty reference is none.</summary>
    public Located<string>? SbomGenerator { get; init; }

    /// <summary>As in <see cref="BuildDefinition.Annotations"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, Located<string>>> Annotations { get; init; } = [];

    public IReadOnlyList<Located<string>> BuildAfter { get; init; } = [];

    public IReadOnlyList<ImageTest> Tests { get; init; } = [];

    /// <summary>This section on top of <c>defaults</c>: its own values win, mappings are joined, lists are appended.</summary>
    /// <param name="name">The image's key: what all others wait for does not wait for itself.</param>
    public ImageSection Over(ImageSection defaults, string name) => this with
    {
        Dockerfile = Dockerfile ?? (DockerfileInline is null ? defaults.Dockerfile : null),
        DockerfileInline = DockerfileInline ?? (Dockerfile is null ? defaults.DockerfileInline : null),
        Target = Target ?? (Targets is null ? defaults.Target : null),
        Arguments = Joined(defaults.Arguments, Arguments),
        Labels = Joined(defaults.Labels, Labels),
        AdditionalContexts = Joined(defaults.AdditionalContexts, AdditionalContexts),
        Overlay = Joined(defaults.Overlay, Overlay),
        Project = Project ?? defaults.Project,
        Tags = [.. defaults.Tags, .. Tags],
        KeepsContextModes = KeepsContextModes ?? defaults.KeepsContextModes,
        Network = Network ?? defaults.Network,
        Entitlements = [.. defaults.Entitlements, .. Entitlements],
        SharedMemorySize = SharedMemorySize ?? defaults.SharedMemorySize,
        ExtraHosts = [.. defaults.ExtraHosts, .. ExtraHosts],
        Ulimits = Joined(defaults.Ulimits, Ulimits),
        Secrets = Joined(defaults.Secrets, Secrets),
        Ssh = Joined(defaults.Ssh, Ssh),
        PublishTags = PublishTags ?? defaults.PublishTags,
        NoCache = NoCache ?? defaults.NoCache,
        Pull = Pull ?? defaults.Pull,
        Platforms = Platforms ?? defaults.Platforms,
        DefaultPlatform = DefaultPlatform ?? defaults.DefaultPlatform,
        CacheFrom = [.. defaults.CacheFrom, .. CacheFrom],
        CacheTo = [.. defaults.CacheTo, .. CacheTo],
        Provenance = Provenance ?? defaults.Provenance,
        SbomGenerator = SbomGenerator ?? defaults.SbomGenerator,
        Annotations = Joined(defaults.Annotations, Annotations),
        BuildAfter = [.. defaults.BuildAfter.Where(after => after.Value != name), .. BuildAfter],
        Tests = [.. defaults.Tests, .. Tests],
    };

    /// <summary>This section of images.yml on top of the Compose service of the same name.</summary>
    public ImageSection OverService(ImageSection service, string name, DiagnosticBag diagnostics)
    {
        if (Targets is [var target, ..])
        {
            diagnostics.Add(Rules.TargetsOfService.At(target.Name.Span, name));
        }

        return Over(service, name) with { Context = Context ?? service.Context, ServiceImage = service.ServiceImage, Profiles = service.Profiles };
    }

    /// <summary>Later values replace earlier ones of the same name and keep their place.</summary>
    public static IReadOnlyList<KeyValuePair<string, T>> Joined<T>(IReadOnlyList<KeyValuePair<string, T>> below, IReadOnlyList<KeyValuePair<string, T>> above)
    {
        var joined = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var (name, value) in below.Concat(above))
        {
            joined[name] = value;
        }

        return [.. joined];
    }
}
