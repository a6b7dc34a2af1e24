using System.Net;
using Orchestrator.Dockerfiles;

namespace Orchestrator.Pinning;

/// <summary>Finds out what files and repositories of the network stand for now; each is asked for from this machine.</summary>
/// <param name="proxy">Through what servers of files are reached; git has settings of its own.</param>
internal sealed class RemoteResolver(IWebProxy proxy) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpSource _http = new(Patience, proxy);
    private readonly GitSource _git = new(Path.GetTempPath(), Patience);

    public Task<RemoteAnswer> ResolveAsync(RemoteAddress address, CancellationToken cancellationToken) => address.Source.Kind == RemoteKind.Http
        ? _http.ResolveAsync(address, cancellationToken)
        : _git.ResolveAsync(address, cancellationToken);

    public void Dispose() => _http.Dispose();
}
