using Orchestrator.Diagnostics;

namespace Orchestrator.Graph;

/// <summary>
/// A Compose <c>build</c> section (https://github.com/compose-spec/compose-spec/blob/main/build.md), defaults applied and paths made absolute.
/// </summary>
internal sealed record BuildDefinition
{
    /// <summary>Absolute path of the context directory.</summary>
    public required Located<string> Context { get; init; }

    /// <summary>Begins the value of a named context that is an image.</summary>
    public const string ImageScheme = "docker-image://";

    /// <summary>A named context with nothing in it, as <c>FROM scratch</c> has it.</summary>
    public const string EmptyImage = ImageScheme + "scratch";

    /// <summary>Absolute path of the Dockerfile; unused when <see cref="DockerfileInline"/> is set.</summary>
    public required Located<string> Dockerfile { get; init; }

    public Located<string>? DockerfileInline { get; init; }

    /// <summary>The stage to build; null is the last one.</summary>
    public Located<string>? Target { get; init; }

    /// <summary>In the order of the file. A null value was written without one and not found in the environment: the Dockerfile's default holds.</summary>
    public IReadOnlyList<KeyValuePair<string, Located<string?>>> Arguments { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, Located<string>>> Labels { get; init; } = [];

    /// <summary>Named contexts as written: an absolute directory, <c>project:…</c> as long as it is not published, <c>docker-image://…</c>, <c>service:x</c>, <c>target:x</c>, <c>image:x</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, Located<string>>> AdditionalContexts { get; init; } = [];

    /// <summary>What is published first; its named context is among <see cref="AdditionalContexts"/>.</summary>
    public ProjectSource? Project { get; init; }

    /// <summary>Nobody knows yet what its project will put into it.</summary>
    public bool IsUnpublished => Project is not null && AdditionalContexts.Any(context => context.Value.Value.StartsWith(ProjectSource.Scheme, StringComparison.Ordinal));

    /// <summary>The same with the project's output in place of its promise.</summary>
    public BuildDefinition Published(Func<ProjectSource, string> output) => !IsUnpublished ? this : this with
    {
        AdditionalContexts =
        [
            .. AdditionalContexts.Select(context => context.Value.Value.StartsWith(ProjectSource.Scheme, StringComparison.Ordinal)
                ? KeyValuePair.Create(context.Key, context.Value with { Value = output(Project!) })
                : context),
        ],
    };

    /// <summary>Clean relative place in the context, and the absolute path of the file or directory that stands there; sorted, none inside another.</summary>
    public IReadOnlyList<KeyValuePair<string, Located<string>>> Overlay { get; init; } = [];

    /// <summary>Files are sent with the permissions that they have, not with those of a clone under any umask.</summary>
    public bool KeepsContextModes { get; init; }

    public Located<string>? Network { get; init; }

    /// <summary>The right to <c>RUN --network=host</c>.</summary>
    public const string HostNetwork = "network.host";

    /// <summary>What steps may ask for besides: <see cref="HostNetwork"/>.</summary>
    public IReadOnlyList<Located<string>> Entitlements { get; init; } = [];

    /// <summary>Bytes.</summary>
    public Located<long>? SharedMemorySize { get; init; }

    /// <summary>In place of an address in <c>extra_hosts</c>: that of the engine's machine, as its containers reach it.</summary>
    public const string HostGateway = "host-gateway";

    /// <summary><c>host=address</c>, one address each; it may be <see cref="HostGateway"/>.</summary>
    public IReadOnlyList<Located<string>> ExtraHosts { get; init; } = [];

    /// <summary><c>name=soft:hard</c>.</summary>
    public IReadOnlyList<Located<string>> Ulimits { get; init; } = [];

    public IReadOnlyList<Located<BuildSecret>> Secrets { get; init; } = [];

    /// <summary><c>id</c> or <c>id=path of a socket</c>.</summary>
    public IReadOnlyList<Located<string>> Ssh { get; init; } = [];

    /// <summary>What the image is to be built for, each in the form that platforms are compared in; none is whatever the engine is.</summary>
    public IReadOnlyList<Located<string>> Platforms { get; init; } = [];

    /// <summary>Where steps are taken from, besides the builder's own cache.</summary>
    public IReadOnlyList<Located<CacheLocation>> CacheFrom { get; init; } = [];

    /// <summary>Where steps are kept, besides the builder's own cache.</summary>
    public IReadOnlyList<Located<CacheLocation>> CacheTo { get; init; } = [];

    /// <summary>The attestation of how the image was built; null is none.</summary>
    public Located<ProvenanceMode>? Provenance { get; init; }

    /// <summary>The same as BuildKit is told it.</summary>
    public string? ProvenanceOption => Provenance is null ? null : Provenance.Value == ProvenanceMode.Max ? "mode=max" : "mode=min";

    /// <summary>The image that lists what is in this one (https://github.com/moby/buildkit, sbom-protocol): a reference; null is none.</summary>
    public Located<string>? SbomGenerator { get; init; }

    /// <summary>What is annotated and the annotation's name, with a colon between them, to its value.</summary>
    public IReadOnlyList<KeyValuePair<string, Located<string>>> Annotations { get; init; } = [];

    /// <summary>Statements about the image lie beside it.</summary>
    public bool IsAttested => Provenance is not null || SbomGenerator is not null;

    /// <summary>The result is an index, in which the image lies, or one for each platform; otherwise it is the image alone.</summary>
    public bool IsIndex => IsAttested || Platforms.Count > 1;

    /// <summary>The image carries what later builds may take from it (<c>cache_to: type=inline</c>); of all that caches are, this alone is in the image.</summary>
    public bool CarriesCache => CacheTo.Any(target => target.Value.Type == CacheLocation.Inline);

    public bool NoCache { get; init; }

    /// <summary>Ask the registry for external references even when they are here.</summary>
    public bool Pull { get; init; }
}
