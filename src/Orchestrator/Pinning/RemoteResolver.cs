using Orchestrator.Dockerfiles;

namespace Orchestrator.Pinning;

/// <summary>Finds out what files and repositories of the network stand for now; each is asked for from this machine.</summary>
internal sealed class RemoteResolver : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpSource _http = new(Patience);
    private readonly GitSource _git = new(Path.GetTempPath(), Patience);

    public Task<RemoteAnswer> ResolveAsync(RemoteAddress address, CancellationToken cancellationToken) => address.Source.Kind == RemoteKind.Http
        ? _http.ResolveAsync(address, cancellationToken)
        : _git.ResolveAsync(address, cancellationToken);

    public void Dispose() => _http.Dispose();
}
