using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.BuildKit.Session;

/// <summary>What a session offers to the daemon. What is not set is refused.</summary>
public sealed record SessionOptions
{
    /// <summary>
    /// Which copy of the directories the daemon may update instead of asking for everything. Unique per machine and set of directories; never empty,
    /// because the daemon compares only size and time (buildkit-wire 6.5).
    /// </summary>
    public required string SharedKey { get; init; }

    /// <summary>The directories that the daemon may read, by name: <c>context</c>, <c>dockerfile</c>, names of named contexts.</summary>
    public IReadOnlyDictionary<string, ISyncTree> Directories { get; init; } = new Dictionary<string, ISyncTree>();

    /// <summary>User and secret for a registry host; null: anonymous.</summary>
    public Func<string, CancellationToken, Task<(string Username, string Secret)?>>? Credentials { get; init; }

    /// <summary>The value of a secret; null: unknown.</summary>
    public Func<string, CancellationToken, Task<byte[]?>>? Secrets { get; init; }

    /// <summary>Opens a connection to the ssh agent of an id; null: unknown.</summary>
    public Func<string, CancellationToken, Task<Stream?>>? SshAgent { get; init; }
}
