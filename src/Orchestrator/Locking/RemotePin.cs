using Orchestrator.Dockerfiles;

namespace Orchestrator.Locking;

/// <summary>What a file or a repository of the network stands for, for good and on every platform.</summary>
/// <param name="Digest">Of a file, <c>sha256:</c> and hex digits; of a repository the whole name of a commit.</param>
internal sealed record RemotePin(RemoteSource Source, string Digest)
{
    private const int ShortCommit = 12;

    /// <summary>Enough of it for a person.</summary>
    public string Short => Source.Kind == RemoteKind.Http ? Pin.Shorten(Digest) : Digest[..ShortCommit];
}
