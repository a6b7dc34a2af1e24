namespace Orchestrator.Diagnostics;

/// <summary>ORC3xxx: plan and build.</summary>
internal static partial class Rules
{
    public static readonly Rule Cycle = new(
        "ORC3001", Severity.Error, "These images are built from each other in a circle, so none can be first: {0}",
        "Break the circle at one of the places listed.");

    public static readonly Rule NoSuchImage = new(
        "ORC3002", Severity.Error, "The graph has no image '{0}'.{1}",
        "Name an image of the graph; `orchestrator graph` lists them.");

    public static readonly Rule BaseImageMissing = new(
        "ORC3003", Severity.Error, "The image '{0}', which '{1}' is built from, is not on the engine and cannot be pulled: {2}{3}",
        "Correct the reference, log in to its registry, add the image to the graph, or map it under `sources`.");

    public static readonly Rule DockerfileUnreadable = new(
        "ORC3004", Severity.Error, "The Dockerfile of '{0}' cannot be read: {1}",
        "Check the path and the permissions of the file.");

    public static readonly Rule SelfReference = new(
        "ORC3006", Severity.Error, "'{0}' is built from an image of its own name, so each build would be built on the one before.",
        "Give the image another local name with `image:`, or say under `sources` where the base really comes from.");

    public static readonly Rule StepFailed = new(
        "ORC3010", Severity.Error, "Building '{0}' failed: {1}",
        "Correct the step that the message names; its last lines are its own words. What was finished before it is not done again.");

    public static readonly Rule BuilderWarning = new(
        "ORC3011", Severity.Warning, "{0}",
        "A check of BuildKit's own, told under the name of its rule where it has one; its page explains it, and '# check=skip=NAME' at the top of the Dockerfile turns it off.");

    public static readonly Rule ChangedWhileBuilding = new(
        "ORC3012", Severity.Error, "Building '{0}' stopped because its files changed while they were sent: {1} Nothing was tagged.",
        "Build again when the files are at rest.");

    public static readonly Rule ContextUnreadable = new(
        "ORC3013", Severity.Error, "The build context of '{0}' cannot be read: {1}",
        "Make the file readable, or leave it out with .dockerignore.");

    public static readonly Rule SecretMissing = new(
        "ORC3014", Severity.Error, "The {0} '{1}' of '{2}' is not there: {3}",
        "Set the variable, create the file, or start the agent that the graph names.");

    public static readonly Rule ForeignImage = new(
        "ORC3015", Severity.Warning, "The key tag of '{0}' was put on an image that Orchestrator did not build; it is built again.",
        "Nothing has to be done for this build; find what moves tags under orchestrator.invalid, and stop it.",
        IsOfTheMoment: true);

    public static readonly Rule UnplannedRequest = new(
        "ORC3016", Severity.Warning, "The builder asks for '{1}' of the build context of '{0}', which its Dockerfile does not mention as it is read here; the image is built with its whole context, each time.",
        "Please report the Dockerfile: it is read differently here than by BuildKit. The image is right; it is only built more often than it has to be.");

    public static readonly Rule EarlierBuildsStay = new(
        "ORC3017", Severity.Warning, "Earlier builds of images that were built could not be removed: {0}",
        "Nothing has to be done; the next build that builds something tries again.",
        IsOfTheMoment: true);

    public static readonly Rule NoEmulation = new(
        "ORC3018", Severity.Error, "Building '{0}' failed: the engine's machine cannot run programs for {1}, which this step does.{2}",
        "Install emulation on that machine (QEMU with its binfmt handlers, such as the packages `qemu-user-static` and `binfmt-support`), or run the step in a stage `FROM --platform=$BUILDPLATFORM` and copy its result.");

    public static readonly Rule TestOfOtherPlatform = new(
        "ORC3019", Severity.Error, "'{0}' cannot be tested on this engine: its tests would run for {1}, and the image is built for {2} only.",
        "Add the engine's platform to the image's `platforms`, or run its tests on an engine of another platform.");

    public static readonly Rule AddressAttested = new(
        "ORC3027", Severity.Error, "The provenance would tell everybody the whole address of '{0}', with its password or with what follows its question mark.",
        "Fetch it in a RUN that mounts the password as a secret, put it into the build context, or remove 'provenance'.");

    public static readonly Rule PlatformContentMissing = new(
        "ORC3028", Severity.Error, "'{0}' was built, but the engine's store does not have all that it consists of for {1}.",
        "A part of it was removed behind the builder's back: `docker builder prune` makes the builder forget what is gone; then build again.");

    public static readonly Rule BaseRemoved = new(
        "ORC3030", Severity.Error, "'{1}' was removed from the engine while '{0}', which is built from it, was still to be built.",
        "Something removed images during the build, as `docker image prune -a` does; build again.");

    public static readonly Rule ContentRemoved = new(
        "ORC3031", Severity.Warning, "The engine has '{0}' by name only, not what it consists of; it is built again.",
        "Nothing has to be done for this build; something removed a part of the image, as `docker image rm --platform` does. If it happens again, `docker builder prune` makes the builder forget what is gone.");

    public static readonly Rule TestFailed = new(
        "ORC3020", Severity.Error, "The test '{0}' of '{1}' failed: {2}",
        "Correct the image or the test; the last lines that the command wrote follow the message.");

    public static readonly Rule TestedImageMissing = new(
        "ORC3021", Severity.Error, "'{0}' cannot be tested, the engine has no image of its present key: {1}.",
        "Run `orchestrator build`, or `orchestrator test` without --no-build.");

    public static readonly Rule TestContainerStays = new(
        "ORC3022", Severity.Warning, "The container '{0}' of a test could not be removed: {1}",
        "Nothing has to be done; the next run of the tests tries again.",
        IsOfTheMoment: true);

    public static readonly Rule TestReportNotWritten = new(
        "ORC3023", Severity.Error, "The report of the tests cannot be written: {0}.",
        "Name a file that can be written with --trx or --junit.");

    public static readonly Rule PublishedNotPassed = new(
        "ORC3029", Severity.Error, "The registry has another build of '{0}' already, {1} at '{3}', and that one {2}.",
        "Tags would stand for the registry's build, not for the one that was tested here. When its key tag is deleted there, the one of this machine is pushed.");

    public static readonly Rule ReportNotWritten = new(
        "ORC3024", Severity.Error, "The report of the build cannot be written: {0}.",
        "Name a file that can be written with --report; the images themselves are as the run says.");

    public static readonly Rule TraceNotSent = new(
        "ORC3025", Severity.Warning, "The trace of the build could not be sent to '{0}': {1}.",
        "Nothing has to be done for this build; correct OTEL_EXPORTER_OTLP_ENDPOINT, or unset it.",
        IsOfTheMoment: true);

    public static readonly Rule ProjectNotPublished = new(
        "ORC3026", Severity.Error, "'{0}' cannot be published, so nothing is built from it:{1}",
        "Correct what is said there; what is about the project, `dotnet publish` of it says too.");

    public static readonly Rule TriggerNamesStage = new(
        "ORC3034", Severity.Error, "A trigger takes from '{0}' and a stage is called '{1}': an engine {2} cannot be told what stands for that image here; engines from {3} on can.",
        "Give the stage another name; or update the engine.");
}
