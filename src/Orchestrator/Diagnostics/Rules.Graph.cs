namespace Orchestrator.Diagnostics;

/// <content>ORC1xxx: the graph file.</content>
internal static partial class Rules
{
    public static readonly Rule GraphFileUnreadable = new("ORC1001", Severity.Error,
        "The graph file cannot be read: {0}", "Check the path and its permissions.");

    public static readonly Rule GraphFileTooLarge = new("ORC1002", Severity.Error,
        "The file has {0} bytes; a graph file may have at most {1}.", "Split the graph, or check that this is the file you meant.");

    public static readonly Rule GraphFileNotUtf8 = new("ORC1003", Severity.Error,
        "The file is not UTF-8 from here on.", "Save the file as UTF-8.");

    public static readonly Rule YamlMalformed = new("ORC1004", Severity.Error,
        "This is not valid YAML: {0}", "Check indentation, colons, quotes and brackets at this place.");

    public static readonly Rule YamlTab = new("ORC1005", Severity.Error,
        "YAML is indented with spaces, but here is a tab.", "Replace the tab by spaces.");

    public static readonly Rule YamlSeveralDocuments = new("ORC1006", Severity.Error,
        "A second YAML document starts here; a graph file is one document.", "Remove the '---' and what follows it.");

    public static readonly Rule GraphFileEmpty = new("ORC1007", Severity.Error,
        "The graph file is empty.", "Add 'images:' with at least one image; in a Compose file, 'services:'.");

    public static readonly Rule YamlDuplicateKey = new("ORC1008", Severity.Error,
        "The key '{0}' is here for the second time; the first is at line {1}.", "Remove or rename one of them.");

    public static readonly Rule YamlDuplicateAnchor = new("ORC1009", Severity.Error,
        "The anchor '&{0}' is here for the second time; the first is at line {1}.", "Give each anchor a name of its own.");

    public static readonly Rule YamlUnknownAnchor = new("ORC1010", Severity.Error,
        "The alias '*{0}' names no anchor that was declared before it.{1}", "Declare '&name' on a value above the alias.");

    public static readonly Rule YamlTooManyAliases = new("ORC1011", Severity.Error,
        "The file's aliases stand for more than {0} values together.", "Use fewer aliases inside anchors.");

    public static readonly Rule YamlTooDeep = new("ORC1012", Severity.Error,
        "Values are nested more than {0} levels deep.", "A graph file needs no more than a handful of levels; check the brackets.");

    public static readonly Rule YamlMergeNeedsMapping = new("ORC1013", Severity.Error,
        "'<<' merges a mapping or a list of mappings, but this is {0}.", "Write '<<: *anchor', with an anchor on a mapping.");

    public static readonly Rule YamlKeyNotText = new("ORC1014", Severity.Error,
        "A key must be text, but this is {0}.", "Write 'key: value'.");

    public static readonly Rule YamlUnsupportedTag = new("ORC1015", Severity.Error,
        "The YAML tag '{0}' has no meaning in a graph file.", "Remove the tag.");

    public static readonly Rule YamlNulCharacter = new("ORC1016", Severity.Error,
        "A text cannot hold the character NUL.", "Remove the escape '\\0'.");

    public static readonly Rule UnknownKey = new("ORC1020", Severity.Error,
        "'{0}' is not a key of {1}.{2}", "Correct or remove the key; keys that begin with 'x-' are ignored.");

    public static readonly Rule KeyNotSupportedYet = new("ORC1021", Severity.Error,
        "'{0}' is not supported yet.", "Remove it: it would have no effect, and is refused rather than ignored.");

    public static readonly Rule KeyOfCompose = new("ORC1022", Severity.Error,
        "'{0}' belongs to a Compose file: it does not concern building an image.", "Keep it in docker-compose.yml and remove it here.");

    public static readonly Rule WrongType = new("ORC1023", Severity.Error,
        "'{0}' must be {1}, but this is {2}.", "Write the value in the form that the key expects.");

    public static readonly Rule InvalidValue = new("ORC1024", Severity.Error,
        "'{0}' is not valid for '{1}': {2}.", "Correct the value.");

    public static readonly Rule KeysExcludeEachOther = new("ORC1025", Severity.Error,
        "'{0}' and '{1}' cannot be used together.", "Keep one of the two.");

    public static readonly Rule KeyMissing = new("ORC1026", Severity.Error,
        "{0} needs '{1}'.", "Add the key.");

    public static readonly Rule GraphWithoutImages = new("ORC1030", Severity.Error,
        "The graph has no images.", "Add 'images:' with at least one image, such as 'api: services/api'.");

    public static readonly Rule InvalidImageKey = new("ORC1031", Severity.Error,
        "'{0}' cannot name {1}.", "Use lower-case letters and digits, joined by '.', '_' or '-'; 80 characters at most.");

    public static readonly Rule InvalidReference = new("ORC1032", Severity.Error,
        "'{0}' is not an image reference: {1}.", "Write 'name', 'name:tag' or 'registry/name:tag'.");

    public static readonly Rule LocalNameClaimedTwice = new("ORC1033", Severity.Error,
        "'{0}' and '{1}' are different builds, but both claim the local name '{2}'; '{1}' claims it at {3}.",
        "Give one of them another name with 'image:' or 'tags:'.");

    public static readonly Rule UnknownImage = new("ORC1034", Severity.Error,
        "'{0}' names no image of this graph.{1}", "Use a key of 'images:', or 'image/target' for one of its targets.");

    public static readonly Rule ImageWaitsForItself = new("ORC1035", Severity.Error,
        "'{0}' cannot be built after itself.", "Remove the image's own name.");

    public static readonly Rule OtherPlatform = new("ORC1038", Severity.Error,
        "The image is to be built for {0}; this engine builds for {1} only: {2}.",
        "Use an engine of version 28.1 or newer with the containerd image store (`\"features\": { \"containerd-snapshotter\": true }` in its daemon.json), or build for its own platform.");

    public static readonly Rule BaseLacksPlatform = new("ORC1029", Severity.Error,
        "'{0}' takes its base '{1}' for {2} ({5}), but '{1}' is built for {3} only ({4}).",
        "Add the platform to the `platforms` of the base, or take the base for the machine that builds: `FROM --platform=$BUILDPLATFORM`.");

    public static readonly Rule CacheExportImpossible = new("ORC1037", Severity.Error,
        "The engine's image store cannot keep a cache of type '{0}'; without containerd's store it can only keep one inline.", "Write 'type=inline', or switch the engine to the containerd image store.");

    public static readonly Rule AttestationImpossible = new("ORC1047", Severity.Error,
        "The engine's image store cannot keep '{0}'; only containerd's store can.", "Switch the engine to the containerd image store, or remove the key.");

    public static readonly Rule ProxyPasswordAttested = new("ORC1048", Severity.Error,
        "The provenance would tell everybody the password of the proxy '{0}' from Docker's configuration: with mode=max it has the values of all arguments.", "Write 'provenance: mode=min', or a proxy without a password.");

    public static readonly Rule AnnotationWithoutIndex = new("ORC1049", Severity.Error,
        "'{0}' annotates an index, but this image has none: it is an image alone.", "Write 'provenance: true' or several platforms as well, which makes an index, or annotate the manifest.");

    public static readonly Rule ContextMissing = new("ORC1040", Severity.Error,
        "The directory '{0}' does not exist.{1}", "Correct the path; it is relative to the folder of the graph file.");

    public static readonly Rule DockerfileMissing = new("ORC1041", Severity.Error,
        "The Dockerfile '{0}' does not exist.{1}", "Correct 'dockerfile:'; it is relative to the context.");

    public static readonly Rule PathOutsideRepository = new("ORC1042", Severity.Error,
        "'{0}' lies outside the repository '{1}'.", "Move it into the repository, or set 'allow_outside: true' at the top of images.yml, which can include a Compose file.");

    public static readonly Rule RemoteContext = new("ORC1043", Severity.Error,
        "'{0}' is a remote context; those are not supported yet.", "Clone it, and name the directory.");

    public static readonly Rule OverlayMissing = new("ORC1044", Severity.Error,
        "'{0}', which is laid over the context, does not exist.{1}", "Correct the path in 'overlay:'; it is relative to the folder of the graph file.");

    public static readonly Rule ProjectUnusable = new("ORC1045", Severity.Error,
        "The project '{0}' cannot be published: {1}", "Name a project file in 'project:', such as 'src/Api/Api.csproj'; the path is relative to the folder of the graph file.");

    public static readonly Rule ProjectContextTaken = new("ORC1046", Severity.Error,
        "'{0}' is the named context of what 'project:' publishes, and {1} as well.", "Write 'project: { path: …, context: NAME }' with a name that nothing else has.");

    public static readonly Rule VariableNotSet = new("ORC1050", Severity.Warning,
        "The variable '{0}' is not set; an empty text takes its place.", "Set it, or write '${NAME:-default}'; '$$' is a plain dollar sign.");

    public static readonly Rule VariableRequired = new("ORC1051", Severity.Error,
        "The variable '{0}' is required{1}", "Set the variable in the environment or in the env file.");

    public static readonly Rule InterpolationMalformed = new("ORC1052", Severity.Error,
        "'{0}' is not a valid use of a variable: {1}.", "Write '$NAME' or '${NAME:-default}'; '$$' is a plain dollar sign.");

    public static readonly Rule EnvFileUnreadable = new("ORC1060", Severity.Error,
        "The env file '{0}' cannot be read: {1}", "Correct 'env_file:'; it is relative to the folder of the graph file.");

    public static readonly Rule EnvFileMalformed = new("ORC1061", Severity.Error,
        "The env file cannot be read from here on: {0}.", "Write one 'NAME=value' per line, with quotes closed.");

    public static readonly Rule SecretNotDeclared = new("ORC1062", Severity.Error,
        "'{0}' is not declared under the top-level 'secrets:'.{1}", "Declare it, or write '{ id: …, env: NAME }' or '{ id: …, file: path }' in place.");

    public static readonly Rule SecretOwnerIgnored = new("ORC1064", Severity.Warning,
        "'{0}' of a secret has no effect on a build: the step that mounts the secret decides.", "Write it in the Dockerfile, such as 'RUN --mount=type=secret,id=key,uid=1000,mode=0400', and remove it here.");
}
