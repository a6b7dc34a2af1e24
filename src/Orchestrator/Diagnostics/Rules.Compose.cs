namespace Orchestrator.Diagnostics;

/// <content>ORC1xxx: Compose files, environments and what they bring into a graph.</content>
internal static partial class Rules
{
    public static readonly Rule YamlAnchorAgain = new("ORC1017", Severity.Warning,
        "The anchor '&{0}' is here for the second time; from here on it takes the place of the one at line {1}.", "Give each anchor a name of its own.");

    public static readonly Rule ImageDeclaredTwice = new("ORC1036", Severity.Error,
        "The image '{0}' is declared here and at {1}.", "Rename one of the two.");

    public static readonly Rule ServiceEnvFileMissing = new("ORC1063", Severity.Warning,
        "The env file '{0}' of the service '{1}' does not exist; nothing of it is needed to build, but `docker compose` refuses the project.",
        "Create the file, or write '{ path: …, required: false }'.");

    public static readonly Rule ComposeVersion = new("ORC1070", Severity.Warning,
        "'version' is obsolete: Compose ignores it.", "Remove the line.");

    public static readonly Rule ComposeCannotOverride = new("ORC1071", Severity.Error,
        "'{0}' is {1} here and {2} at {3}; Compose cannot lay one over the other.", "Write both in one form, or replace the lower one with '!override'.");

    public static readonly Rule ExtendsUnknown = new("ORC1072", Severity.Error,
        "'{0}' extends the service '{1}', which {2} does not have.{3}", "Correct the name, or add 'file:' to 'extends'.");

    public static readonly Rule ExtendsCycle = new("ORC1073", Severity.Error,
        "These services extend each other in a circle: {0}.", "Remove one of the steps.");

    public static readonly Rule IncludeCycle = new("ORC1074", Severity.Error,
        "These files include each other in a circle: {0}.", "Remove one of the steps.");

    public static readonly Rule IncludedFileUnreadable = new("ORC1075", Severity.Error,
        "The file '{0}' cannot be read: {1}", "Correct the path; it is relative to the folder of the file that names it.");

    public static readonly Rule ComposeTooMuch = new("ORC1076", Severity.Error,
        "The files ask for more than {0}.", "Check for files that include each other many times over.");

    public static readonly Rule ProjectNameInvalid = new("ORC1077", Severity.Error,
        "'{0}' cannot name a Compose project: {1}.", "Use lower-case letters, digits, '-' and '_', beginning with a letter or digit.");

    public static readonly Rule ServiceWithoutImage = new("ORC1078", Severity.Error,
        "The service '{0}' has neither 'image' nor 'build'.", "Add one of them.");

    public static readonly Rule EnvironmentUnknown = new("ORC1079", Severity.Error,
        "There is no environment '{0}': {1}", "Name one of 'environments:' with --environment (OrchestratorEnvironment).");

    public static readonly Rule EnvironmentNeeded = new("ORC1080", Severity.Error,
        "The graph has images only in its environments: {0}.", "Choose one with --environment (OrchestratorEnvironment), or add 'images:' or 'include:'.");

    public static readonly Rule RemoteResource = new("ORC1081", Severity.Error,
        "'{0}' is a remote file; those are not supported yet.", "Clone it, and name the file.");

    public static readonly Rule ServiceNameInvalid = new("ORC1082", Severity.Error,
        "'{0}' cannot name a service.", "Use letters, digits, '.', '_' and '-'.");

    public static readonly Rule ServiceUnknown = new("ORC1084", Severity.Error,
        "'{0}' names no active service of this project.{1}", "Correct the name, or activate the service's profile with COMPOSE_PROFILES.");

    public static readonly Rule ServiceImageMissing = new("ORC1088", Severity.Warning,
        "The image '{0}', which {1} runs, is not on the engine, and nothing in this graph builds it; `docker compose up --no-build` cannot start the service.",
        "If it comes from a registry, --pull (OrchestratorPull) fetches it; if another repository builds it, name that one's images.yml in 'include:', with 'allow_outside: true'.",
        IsOfTheMoment: true);

    public static readonly Rule ServiceImageUnavailable = new("ORC1089", Severity.Error,
        "The image '{0}', which {1} runs, cannot be pulled: {2}",
        "Correct the name, or log in to the registry; if another repository builds the image, name that one's images.yml in 'include:', with 'allow_outside: true'.");

    public static readonly Rule ServiceImageUnusable = new("ORC1090", Severity.Warning,
        "'{0}', which {1} runs and nothing in this graph builds, is not an image reference; the service is left out.", "Set the variables in it, or correct it: Compose cannot start the service.");

    public static readonly Rule EqualBuilds = new("ORC1085", Severity.Message,
        "{0} have the same build: it is built once, as '{1}', and gets the names {2}.", "Nothing needs to be done; to make them different images, give them different builds.");

    public static readonly Rule ProjectWithoutBuilds = new("ORC1086", Severity.Error,
        "No active service of the Compose project has a 'build' section.", "Add one, or activate with COMPOSE_PROFILES the profile of the services that have one.");

    public static readonly Rule TargetsOfService = new("ORC1087", Severity.Error,
        "'{0}' is a Compose service, which runs one image; 'targets' would make several.", "Give the targets a key of their own; one that equals the service's build is built once.");
}
