using Orchestrator.BuildKit.FileSync;

namespace Orchestrator.BuildKit.Session;

/// <summary>What a session offers to the daemon. Callbacks are called concurrently, on threads of the pool.</summary>
public sealed record SessionOptions
{
    /// <summary>
    /// The key under which the daemon keeps a copy of the directories, so that the next build transfers only what changed.
    /// Stable and unique per directory and machine; printable ASCII. With an empty or shared key the daemon may mix directories up.
    /// </summary>
    public required string SharedKey { get; init; }

    /// <summary>The directories by name: <c>context</c>, <c>dockerfile</c>, and those of <c>local:NAME</c> contexts. Default: none.</summary>
    public IReadOnlyDictionary<string, ISyncTree> Directories { get; init; } = new Dictionary<string, ISyncTree>();

    /// <summary>
    /// The credentials for a registry's host (Docker Hub is <c>registry-1.docker.io</c>); an identity token has an empty user.
    /// Null result: anonymous. Default: null, always anonymous.
    /// </summary>
    public Func<string, CancellationToken, Task<(string User, string Secret)?>>? Credentials { get; init; }

    /// <summary>The bytes of a secret by id; null result: there is none. Default: null, there are none.</summary>
    public Func<string, CancellationToken, Task<byte[]?>>? Secrets { get; init; }

    /// <summary>
    /// Opens a stream to an ssh agent by id; null result: there is none. An <see cref="IOException"/> says that it does not answer. A build can list its keys and let them
    /// sign, and nothing else. Default: null, there are none.
    /// </summary>
    public Func<string, CancellationToken, Task<Stream?>>? SshAgent { get; init; }
}
