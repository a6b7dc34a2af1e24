namespace Orchestrator.Diagnostics;

/// <summary>ORC407x: the lock file.</summary>
internal static partial class Rules
{
    public static readonly Rule BrokenLock = new(
        "ORC4070", Severity.Error, "The lock file cannot be read: {0}.",
        "Correct the line, or delete the file and run `orchestrator lock`.");

    public static readonly Rule LockConflict = new(
        "ORC4071", Severity.Error, "The lock file holds a merge conflict.",
        "Keep the lines of both sides, and where they pin one reference to two digests the one that is wanted; then run `orchestrator lock`.");

    public static readonly Rule LockedTwice = new(
        "ORC4072", Severity.Error, "'{0}' is pinned to {1}, but to {2} at line {3}.",
        "Remove one of the lines, or both and run `orchestrator lock`.");

    public static readonly Rule NotLocked = new(
        "ORC4073", Severity.Warning, "'{0}' is not in images.lock, so it may be something else tomorrow.",
        "Run `orchestrator lock`, and commit the file.");

    public static readonly Rule NotLockedError = new(
        "ORC4074", Severity.Error, "'{0}' is not in images.lock.",
        "Run `orchestrator lock`, and commit the file.");

    public static readonly Rule StalePin = new(
        "ORC4075", Severity.Error, "images.lock pins '{0}', which nothing in the graph uses.",
        "Run `orchestrator lock`, and commit the file. Where another graph file in this folder uses it, give that one a folder of its own: images.lock is for one graph.");

    public static readonly Rule PinBroken = new(
        "ORC4076", Severity.Error, "'{0}' is another image than images.lock says: it is in no registry, the lock has the content {1}, and the engine has {2}.",
        "Import the image that was locked, or run `orchestrator lock --update` with its reference.");

    public static readonly Rule CannotLock = new(
        "ORC4077", Severity.Error, "'{0}' cannot be locked: {1}.",
        "Correct the reference, log in to its registry, import the image, or see that this machine reaches its server.");

    public static readonly Rule NoSuchReference = new(
        "ORC4078", Severity.Error, "Nothing in the graph takes '{0}' from outside.{1}",
        "Name a reference as it stands in a Dockerfile or in images.lock, or as `orchestrator plan --json` shows it among the externals.");

    public static readonly Rule NoLock = new(
        "ORC4079", Severity.Error, "There is no images.lock beside the graph file, so {0} external references are not pinned.",
        "Run `orchestrator lock`, and commit the file.");

    public static readonly Rule LockNotWritten = new(
        "ORC4081", Severity.Error, "The lock file cannot be written: {0}",
        "Make the folder writable.");

    public static readonly Rule RemoteMoved = new(
        "ORC4082", Severity.Error, "'{0}' is not what images.lock says: the lock has {1}, and its server gives {2}.",
        "Run `orchestrator lock --update` with its address when the change is wanted; it also tells whether the server answers with an error's page.");

    public static readonly Rule PastTheLock = new(
        "ORC4083", Severity.Error, "Building '{0}' would fetch something that images.lock does not hold: {1}.",
        "Write the address in its usual form, or give the ADD a checksum or a whole commit.");

    public static readonly Rule CannotHold = new(
        "ORC4084", Severity.Error, "An engine {1} cannot hold '{0}' to what images.lock says; engines from {2} on can.",
        "Update the engine, or give the ADD a checksum or a whole commit.");

    public static readonly Rule CannotHoldWithoutCache = new(
        "ORC4085", Severity.Error, "An engine {2} cannot hold '{0}' to what images.lock says and run every step of '{1}' again: it would take steps from its cache; engines from {3} on can.",
        "Update the engine, or give the ADD a checksum or a whole commit: then every engine can.");

    public static readonly Rule LockedApart = new(
        "ORC4086", Severity.Error, "The builder takes '{0}' and '{1}' for one repository, but images.lock pins them to {2} and to {3}.",
        "Run `orchestrator lock --update` with both addresses, or write one of them in both places.");
}
