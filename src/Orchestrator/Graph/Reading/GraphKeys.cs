using static Orchestrator.Graph.Reading.KeyForms;
using static Orchestrator.Graph.Reading.KeyPlaces;

namespace Orchestrator.Graph.Reading;

/// <summary>
/// The one table of keys: it drives reading, did-you-mean and "not supported yet", and the JSON schema is generated from it.
/// Keys of an image are those of a Compose <c>build</c> section (https://github.com/compose-spec/compose-spec/blob/main/build.md), with our own behind them.
/// </summary>
internal static class GraphKeys
{
    public static IReadOnlyList<GraphKey> All { get; } =
    [
        new("name", KeyPlaces.Graph, Text, "The graph's name; default: the name of the folder, also where a Compose file has another one."),
        new("registry", KeyPlaces.Graph, Text, "The prefix for pushing; local names stay generic."),
        new("env_file", KeyPlaces.Graph | KeyPlaces.Environment, Text | List, "The file or files with variables; default: .env, if it is there."),
        new("defaults", KeyPlaces.Graph, Entries, "Laid under every image."),
        new("images", KeyPlaces.Graph, Entries, "The images by name: a context, or a mapping as Compose's build section."),
        new("sources", KeyPlaces.Graph, Entries, "Where external references really come from."),
        new("allow_outside", KeyPlaces.Graph, Text, "Paths outside the repository are accepted."),
        new("compose", KeyPlaces.Graph | KeyPlaces.Environment, Text | List, "The Compose files of a project, later ones laid over earlier ones: services with a build section become images."),
        new("include", KeyPlaces.Graph, Items, "Other images.yml files, and Compose projects whose services with a build section become images."),
        new("environments", KeyPlaces.Graph, Entries, "Compose files, env files and a target by name, chosen with --environment or OrchestratorEnvironment."),
        new("publish_tags", KeyPlaces.Graph | Section | Target, Text | Items, "Templates of the tags that are applied when pushing; the nearest list counts, an empty one publishes nothing."),
        new("cache", KeyPlaces.Graph, Entries, "Where built images are remembered."),

        new("context", Image, Text, "The directory that the build may read, relative to the graph file."),
        new("dockerfile", Section, Text, "The Dockerfile, relative to the context; default: Dockerfile."),
        new("dockerfile_inline", Section, Text, "The Dockerfile's content."),
        new("target", Section, Text, "The stage to build; default: the last one."),
        new("target", KeyPlaces.Environment, Text, "Of images with targets, the one to build; default: all."),
        new("targets", Image, Entries, "One image per stage: stage name to tag and args."),
        new("args", Section | Target, Pairs, "Build arguments; one without a value takes it from the environment."),
        new("labels", Section, Pairs, "Labels of the image."),
        new("additional_contexts", Section, Pairs, "Named contexts: a directory, docker-image://…, service:x, target:x or image:x."),
        new("overlay", Section, Pairs, "Paths of the repository that are put into the context: place in the context to path, relative to the graph file."),
        new("context_modes", Section, Text, "keep: files are sent with the permissions that they have here; default: without the write bits of group and others, so that clones agree."),
        new("project", Image, Text | Map, "A .NET project that is published first: the path of its file, relative to the graph file, or a mapping. COPY --from=app takes what it published."),
        new("image", Image, Text, "The local name; default: the key."),
        new("tags", Section, Items, "Further local names."),
        new("network", Section, Text, "The network of RUN steps: default, none or host."),
        new("entitlements", Section, Items, "What RUN steps may ask for: network.host, for RUN --network=host."),
        new("shm_size", Section, Text, "The size of /dev/shm in RUN steps: bytes, or 64m."),
        new("extra_hosts", Section, Pairs, "Further lines of /etc/hosts in RUN steps; the address host-gateway is that of the engine's machine."),
        new("ulimits", Section, Entries, "Limits of RUN steps: a number, or soft and hard."),
        new("secrets", Section, Items, "Secrets by id, or with the file or variable that holds them."),
        new("ssh", Section, Pairs, "SSH agents: default, or id=path of a socket (on Windows also of a named pipe)."),
        new("no_cache", Section, Text, "Build every step anew."),
        new("pull", Section, Text, "Ask the registry for external references even when they are here."),
        new("cache_from", Section, Text | Items, "Where to take cached steps from, besides the builder's own cache: a reference, or type=registry,ref=… or type=gha."),
        new("cache_to", Section, Text | Items, "Where to put cached steps: type=inline, type=registry,ref=… or type=gha."),
        new("platforms", Section, Text | Items, "The platforms to build for, such as `linux/arm64`; that of the engine where there are none."),
        new("provenance", Section, Text, "An attestation of how the image was built: true, false, mode=min or mode=max; default: false."),
        new("sbom", Section, Text, "An attestation of what is in the image: true, false, or generator=REF with the image that writes it; default: false."),
        new("annotations", Section, Pairs, "Annotations of the manifest; with index: or manifest-descriptor: before its name, of the index or of its entry for the image."),
        new("build_after", Section, Items, "Images that must be built before, although nothing of them is used."),
        new("test", Section | Target, Items, "What has to hold of the image: commands that are run in a container of it, its files, its size."),
        .. NotYetOfImages(),

        new("tag", Target, Text, "The tag of the target's image; default: the target's name."),

        new("id", ImageSecret, Text, "What RUN --mount=type=secret,id=… says."),
        new("source", ImageSecret, Text, "The name under the top-level secrets."),
        new("target", ImageSecret, Text, "The id, when it is not the source's name."),
        new("env", Secret, Text, "The variable that holds the secret."),
        new("environment", Secret, Text, "The variable that holds the secret."),
        new("file", Secret, Text, "The file that holds the secret."),
        new("uid", ImageSecret, Text, "Has no effect, as in Compose: RUN --mount=type=secret,uid=… decides."),
        new("gid", ImageSecret, Text, "Has no effect, as in Compose: RUN --mount=type=secret,gid=… decides."),
        new("mode", ImageSecret, Text, "Has no effect, as in Compose: RUN --mount=type=secret,mode=… decides."),
        NotYet("external", GraphSecret, "A secret of the platform."),
        NotYet("name", GraphSecret, "The name of a secret of the platform."),
        new("secrets", KeyPlaces.Graph, Entries, "Secrets that images use by name: name to file or environment."),

        new("registry", Cache, Text, "Whether registries are asked for images with a key: true, false, or the prefix of the repositories for key tags; default: true in CI."),

        new("path", KeyPlaces.Project, Text, "The project file, relative to the graph file."),
        new("context", KeyPlaces.Project, Text, "The name that the Dockerfile has for what it published; default: app."),
        new("configuration", KeyPlaces.Project, Text, "The configuration that is published; default: Release."),
        new("properties", KeyPlaces.Project, Pairs, "Further MSBuild properties, such as RuntimeIdentifier: linux-x64."),

        new("soft", Ulimit, Text, "The soft limit."),
        new("hard", Ulimit, Text, "The hard limit."),
        .. TestKeys.All,
        .. ComposeKeys.Of(KeyPlaces.Graph),
        .. ComposeKeys.Of(Section),
    ];

    private static readonly Dictionary<string, List<GraphKey>> ByName = Index();

    public static GraphKey? Find(KeyPlaces place, string name) => ByName.GetValueOrDefault(name)?.Find(key => key.Places.HasFlag(place));

    /// <summary>What a person may write there.</summary>
    public static IEnumerable<string> Names(KeyPlaces place) =>
        All.Where(key => key.Places.HasFlag(place) && key.Support == KeySupport.Honoured).Select(key => key.Name);

    private static IEnumerable<GraphKey> NotYetOfImages() =>
    [
        NotYet("privileged", Section, "RUN steps with all privileges."),
        NotYet("no_cache_filter", Section, "Stages whose steps are run anew."),
        NotYet("isolation", Section, "The isolation technology of RUN steps."),
    ];

    private static Dictionary<string, List<GraphKey>> Index()
    {
        var index = new Dictionary<string, List<GraphKey>>(StringComparer.Ordinal);
        foreach (var key in All)
        {
            if (!index.TryGetValue(key.Name, out var keys))
            {
                index.Add(key.Name, keys = []);
            }

            keys.Add(key);
        }

        return index;
    }

    private static GraphKey NotYet(string name, KeyPlaces places, string description) =>
        new(name, places, Text | List | Map | Empty, description, KeySupport.NotYet);
}
