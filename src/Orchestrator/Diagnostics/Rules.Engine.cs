namespace Orchestrator.Diagnostics;

/// <summary>ORC0xxx: environment and engine.</summary>
internal static partial class Rules
{
    // The tasks log these four by themselves: they are about not being able to start or understand this program, or about not being understood by it.
    public static readonly Rule RuntimeMissing = new(
        "ORC0003", Severity.Error, "Orchestrator cannot start: {0}.",
        "Install the .NET runtime or SDK that the message names.");

    public static readonly Rule ToolFailed = new(
        "ORC0004", Severity.Error, "Orchestrator cannot start, or ended without saying why: {0}.",
        "Restore the package again, or correct OrchestratorToolDirectory; otherwise report it with the text of the error.");

    public static readonly Rule ToolDiffers = new(
        "ORC0005", Severity.Error, "The tool and the tasks are of different versions: {0}.",
        "Use tool and tasks of one package; remove OrchestratorToolDirectory.");

    public static readonly Rule PropertyMistake = new(
        "ORC0008", Severity.Error, "{0}",
        "Correct the property, which a project, a Directory.Build.props or -p: sets.");

    public static readonly Rule Fault = new(
        "ORC0006", Severity.Error, "Orchestrator {0} met a fault of its own: {1}{2}",
        "Report it, with this text and the command that was run; ORCHESTRATOR_DEBUG=1 adds the stack trace.");

    public static readonly Rule OutputLost = new(
        "ORC0007", Severity.Error, "Not all of the output could be written: {0}.",
        "Make room where standard output goes, or send it elsewhere, and run the command again; what it has done is done.");

    public static readonly Rule EngineUnreachable = new(
        "ORC0101", Severity.Warning, "No Docker Engine can be reached, so no image is built: {0}",
        "Start the engine, or point DOCKER_HOST or the Docker context at one. OrchestratorEngineMissing=error|skip (or --engine-missing) decides what a missing engine means.",
        IsOfTheMoment: true);

    public static readonly Rule EngineUnreachableError = new(
        "ORC0102", Severity.Error, "No Docker Engine can be reached: {0}",
        "Start the engine, or point DOCKER_HOST or the Docker context at one. OrchestratorEngineMissing=warn|skip (or --engine-missing) goes on without one.");

    public static readonly Rule EngineTooOld = new(
        "ORC0103", Severity.Error, "The Docker Engine at {0} is version {1}, older than {2}, the oldest one with the BuildKit interfaces that are used here.",
        "Update Docker to version 23 or later.");

    public static readonly Rule EngineWithoutBuildKit = new(
        "ORC0104", Severity.Error, "The engine at {0} does not offer BuildKit: {1}",
        "Use a Docker Engine; Podman's compatible socket has no BuildKit interface.");

    public static readonly Rule DockerConfiguration = new(
        "ORC0105", Severity.Error, "Docker's own configuration cannot be used: {0}",
        "Correct the file or variable that the message names.");

    public static readonly Rule EngineLost = new(
        "ORC0106", Severity.Error, "The connection to the Docker Engine was lost while '{0}' was being built: {1}",
        "See why the engine went away; the next build goes on from what was finished.");

    public static readonly Rule NoGraphFile = new(
        "ORC0107", Severity.Error, "There is neither images.yml nor a Compose file in '{0}' or in a folder above it.",
        "Let `orchestrator init` propose one, or name the file with --file (OrchestratorGraph).");

    public static readonly Rule EngineRefused = new(
        "ORC0108", Severity.Error, "The Docker Engine refused: {0}",
        "The engine's own words say why; its log may say more.");

    public static readonly Rule LockUnavailable = new(
        "ORC0109", Severity.Warning, "There can be no lock at '{0}', so another run of this graph at the same time is not waited for: {1}",
        "Make the folder writable for this user, or point XDG_CACHE_HOME at one that is. Without a lock two runs at once may do work twice.",
        IsOfTheMoment: true);

    public static readonly Rule NoWorkingDirectory = new(
        "ORC0110", Severity.Error, "The working directory does not exist any more.",
        "Change to a directory that exists.");

    public static readonly Rule EngineOfOtherSystem = new(
        "ORC0112", Severity.Error, "The Docker Engine at {0} runs containers of {1}, and BuildKit builds images on Linux only.",
        "Switch Docker Desktop to Linux containers, or point DOCKER_HOST or the Docker context at an engine on Linux.");

    public static readonly Rule PublishFolderUnusable = new(
        "ORC0113", Severity.Error, "'{0}', the folder to which projects are published, takes nothing: {1}{2}",
        "Make room there, or make the folder writable for this user; or point XDG_CACHE_HOME at another one.");

    public static readonly Rule LittleDisk = new(
        "ORC0111", Severity.Warning, "Only {0}, where the engine keeps its data, and {1} images are to be built or pulled.",
        "Make room with 'orchestrator clean', 'docker builder prune' or 'docker image prune'; small images may fit all the same.",
        IsOfTheMoment: true);
}
