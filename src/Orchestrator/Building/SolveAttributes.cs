using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.BuildKit.Control;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>The frontend's options for one image (buildkit-wire 6.1).</summary>
internal static class SolveAttributes
{
    private const string HostNetwork = "host";

    /// <param name="planned">What is built.</param>
    /// <param name="dockerfile">What stands in the place of its Dockerfile.</param>
    /// <param name="basesDigest">Which builds of its bases it is built on.</param>
    /// <param name="stamps">Labels that tell where it comes from.</param>
    /// <param name="noCache">Run every step again.</param>
    /// <param name="hostGateway">The address that <see cref="BuildDefinition.HostGateway"/> stands for; null when nothing asks for it.</param>
    /// <param name="options">The proxies and the environment.</param>
    public static Dictionary<string, string> Create(
        PlannedImage planned, ServedDockerfile dockerfile, BasesDigests basesDigest, IReadOnlyDictionary<string, string> stamps, bool noCache, string? hostGateway, BuildOptions options)
    {
        var build = planned.Image.Node.Build;
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["filename"] = FileName(planned.Image),
            // The default mode asks registries first on the containerd store (buildkit-wire 7.4). It asks for images of named contexts all the same: they carry no mode, and
            // a source policy that gives them one makes the daemon forget which lines failed (28.5.2).
            ["image-resolve-mode"] = "local",
        };
        foreach (var (name, value) in options.Proxies)
        {
            attributes["build-arg:" + name] = value;
        }

        foreach (var (name, value) in build.Arguments)
        {
            if (value.Value is { } text)
            {
                attributes["build-arg:" + name] = text;
            }
        }

        if (planned.Frontend is { } frontend)
        {
            attributes["build-arg:" + StageResolver.SyntaxArgument] = frontend + FrontendArguments(planned.Image);
        }

        AddLabels(attributes, planned, basesDigest, stamps);
        AddOptions(attributes, build, noCache, hostGateway, options.Environment);
        if (planned.Image.Platforms is { } platforms)
        {
            attributes["platform"] = string.Join(',', platforms);
        }

        AddContexts(attributes, planned, dockerfile);
        if (build.SbomGenerator is { } generator)
        {
            attributes["attest:sbom"] = "generator=" + dockerfile.Substitutes[generator.Value];
        }

        return attributes;
    }

    private static void AddLabels(Dictionary<string, string> attributes, PlannedImage planned, BasesDigests basesDigest, IReadOnlyDictionary<string, string> stamps)
    {
        foreach (var (name, value) in stamps)
        {
            attributes["label:" + name] = value;
        }

        foreach (var (name, value) in planned.Image.Node.Build.Labels)
        {
            attributes["label:" + name] = value.Value;
        }

        // After the user's labels: these are the proof and are not theirs to set.
        attributes["label:" + KeyTag.Label] = planned.Key!.Value.Hex;
        attributes["label:" + KeyTag.ImageLabel] = planned.Name;
        attributes["label:" + KeyTag.BasesLabel] = basesDigest.Ids;
        attributes["label:" + KeyTag.BasesContentLabel] = basesDigest.Content;
        if (planned.Inputs!.Refresh is { } stamp)
        {
            attributes["label:" + KeyTag.RefreshLabel] = stamp;
        }
    }

    /// <summary>What follows the frontend's reference, with the space before it.</summary>
    private static string FrontendArguments(ResolvedImage image)
    {
        var given = image.Node.Build.Arguments.FirstOrDefault(argument => argument.Key == StageResolver.SyntaxArgument).Value?.Value;
        var written = (given ?? image.Document.FindDirective(Directive.Syntax)?.Value ?? "").Trim();
        var space = written.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? "" : written[space..];
    }

    public static string FileName(ResolvedImage image) => image.Node.Build.DockerfileInline is null ? Path.GetFileName(image.Node.Build.Dockerfile.Value) : "Dockerfile";

    public static IReadOnlyDictionary<string, string> Exporter(BuildDefinition build, IReadOnlyList<string> names) =>
        build.Annotations.Select(annotation => KeyValuePair.Create(Annotation.Attribute(annotation.Key), annotation.Value.Value))
            .Append(KeyValuePair.Create("name", string.Join(',', names))).ToDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<string> Entitlements(BuildDefinition build) => [.. build.Entitlements.Select(entitlement => entitlement.Value).Concat(build.Network?.Value == HostNetwork ? [BuildDefinition.HostNetwork] : []).Distinct()];

    /// <summary>Whether an entry of <c>extra_hosts</c> needs the address of the engine's machine.</summary>
    public static bool NamesGateway(string host) => host.EndsWith("=" + BuildDefinition.HostGateway, StringComparison.Ordinal);

    /// <summary>The name of a directory that is given as a named context; the session's own names are taken.</summary>
    public static string DirectoryName(string context) => "named-" + context;

    private static void AddOptions(Dictionary<string, string> attributes, BuildDefinition build, bool noCache, string? hostGateway, IReadOnlyDictionary<string, string> environment)
    {
        Set("target", build.Target?.Value);
        Set("no-cache", noCache ? "" : null);
        Set("force-network-mode", build.Network?.Value is { } network and not "default" ? network : null);
        Set("shm-size", build.SharedMemorySize?.Value.ToString(CultureInfo.InvariantCulture));
        Set("add-hosts", build.ExtraHosts.Count > 0 ? string.Join(',', build.ExtraHosts.Select(host => NamesGateway(host.Value) ? host.Value.Replace(BuildDefinition.HostGateway, hostGateway, StringComparison.Ordinal) : host.Value)) : null);
        Set("cache-imports", CacheImports(build, environment));
        Set("attest:provenance", build.ProvenanceOption);
        Set("ulimit", build.Ulimits.Count > 0 ? string.Join(',', build.Ulimits.Select(limit => limit.Value)) : null);

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                attributes[name] = value;
            }
        }
    }

    /// <summary>The frontend reads them itself; in the request of a frontend's build they have no effect.</summary>
    private static string? CacheImports(BuildDefinition build, IReadOnlyDictionary<string, string> environment)
    {
        var sources = Reachable(build.CacheFrom, environment).Select(source => new JsonObject
        {
            ["Type"] = source.Type,
            ["Attrs"] = new JsonObject(source.Attributes.Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)JsonValue.Create(attribute.Value)))),
        });
        return new JsonArray([.. sources]) is { Count: > 0 } array ? array.ToJsonString() : null;
    }

    public static IReadOnlyList<CacheExport> CacheExports(BuildDefinition build, IReadOnlyDictionary<string, string> environment) => build.CacheTo.Count == 0 && AsksForInlineCache(build)
        ? [new CacheExport(CacheLocation.Inline, new Dictionary<string, string>())]
        : [.. Reachable(build.CacheTo, environment).Select(target => new CacheExport(target.Type, target.Attributes))];

    private static IEnumerable<CacheLocation> Reachable(IEnumerable<Located<CacheLocation>> locations, IReadOnlyDictionary<string, string> environment) =>
        locations.Select(location => GitHubCache.Attributes(location.Value, environment) is { } attributes ? location.Value with { Attributes = attributes } : null).OfType<CacheLocation>();

    /// <summary>An argument that BuildKit leaves to its client.</summary>
    private static bool AsksForInlineCache(BuildDefinition build) => build.Arguments.Any(argument => argument is { Key: "BUILDKIT_INLINE_CACHE", Value.Value: "1" or "true" });

    private static void AddContexts(Dictionary<string, string> attributes, PlannedImage planned, ServedDockerfile dockerfile)
    {
        foreach (var (name, target) in dockerfile.NamedContexts)
        {
            attributes["context:" + name] = target;
        }

        foreach (var name in planned.Inputs!.NamedContexts.Keys)
        {
            attributes["context:" + ServedDockerfile.ContextName(name)] = "local:" + DirectoryName(name);
        }

        // The key holds nothing of a stage that is replaced, so the builder must be told what replaces it.
        if (planned.Image.Closure.Links.FirstOrDefault(link => link.IsReplaced && !attributes.ContainsKey("context:" + link.Stage.Name)) is { } link)
        {
            throw new InvalidOperationException($"Nothing stands in the place of stage '{link.Stage.Name}' of '{planned.Name}'.");
        }

        if (attributes.Keys.Any(name => name.StartsWith("context:", StringComparison.Ordinal)))
        {
            attributes["frontend.caps"] = "moby.buildkit.frontend.contexts+forward";
        }
    }
}
