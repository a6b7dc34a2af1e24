using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using Orchestrator.Registry.Authentication;
using Orchestrator.Registry.Http;

namespace Orchestrator.Registry;

/// <summary>
/// A client of one registry (https://github.com/opencontainers/distribution-spec), for concurrent use. Nothing is sent before the first call. What
/// is read is checked against its digest. Every call may throw <see cref="RegistryUnreachableException"/>, <see cref="RegistryApiException"/>,
/// <see cref="RegistryContentException"/>, and <see cref="OperationCanceledException"/> when the caller cancels.
/// </summary>
public sealed partial class RegistryClient : IDisposable
{
    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-/");

    private readonly RegistrySender _sender;

    /// <summary>The repositories that are read with the right to write them; a set.</summary>
    private readonly ConcurrentDictionary<string, bool> _written = new(StringComparer.Ordinal);

    /// <param name="host">As in references: <c>docker.io</c>, <c>registry.example:5000</c>.</param>
    /// <exception cref="ArgumentException">It is not the name of a registry.</exception>
    public RegistryClient(string host, RegistryOptions options) => _sender = new RegistrySender(host, options);

    public string Host => _sender.Host;

    /// <summary>
    /// From now on a repository is read with the right to write it, too. Some registries make a repository when somebody asks for that right, and hide one that is
    /// not there from everybody who asks for less: so it is for repositories that are really going to be written.
    /// </summary>
    public void WillWrite(string repository) => _written.TryAdd(repository, true);

    /// <summary>Asks whether a registry is there and takes our credentials.</summary>
    public Task PingAsync(CancellationToken cancellationToken) =>
        _sender.SendAsync(new RegistryRequest(HttpMethod.Get, "v2/") { Purpose = "asking for its version" }, (_, _) => Task.FromResult(true), cancellationToken);

    /// <summary>All tags of a repository, in the registry's order; none when there is no such repository.</summary>
    public async Task<IReadOnlyList<string>> ListTagsAsync(string repository, CancellationToken cancellationToken)
    {
        const int PageSize = 1000;
        var tags = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = $"v2/{Name(repository)}/tags/list?n={PageSize}";
        while (next is not null)
        {
            if (!seen.Add(next))
            {
                throw new RegistryContentException($"The registry {Host} repeats a page while listing the tags of {repository}.");
            }

            var request = new RegistryRequest(HttpMethod.Get, next) { Purpose = $"listing the tags of {repository}", Expected = [HttpStatusCode.NotFound] };
            (var page, next) = await ReadAsync(repository, request, (response, token) => TagPage.ReadAsync(response, Host, repository, token), cancellationToken);
            tags.AddRange(page);
        }

        return tags;
    }

    public void Dispose() => _sender.Dispose();

    /// <summary>Asks a question about a repository. Who may not write it, by the word of a server that gives tokens for all that is asked or for nothing, may still read it.</summary>
    private async Task<T> ReadAsync<T>(string repository, RegistryRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        if (_written.ContainsKey(repository))
        {
            try
            {
                return await _sender.SendAsync(request with { Scopes = [AccessScope.Push(repository)] }, read, cancellationToken);
            }
            catch (RegistryApiException exception) when (exception.IsDenied)
            {
                _written.TryRemove(repository, out _);
            }
        }

        return await _sender.SendAsync(request with { Scopes = [AccessScope.Pull(repository)] }, read, cancellationToken);
    }

    private AccessScope ReadScope(string repository) => _written.ContainsKey(repository) ? AccessScope.Push(repository) : AccessScope.Pull(repository);

    /// <exception cref="ArgumentException">It could leave its place in a path.</exception>
    private static string Name(string repository) =>
        repository.Length > 0 && !repository.AsSpan().ContainsAnyExcept(NameCharacters) && !repository.Split('/').Any(part => part is "" or "." or "..")
            ? repository
            : throw new ArgumentException($"'{repository}' is not the name of a repository.", nameof(repository));

    /// <param name="reference">A tag or a digest.</param>
    private static string Reference(string reference) =>
        Digest.TryParse(reference, out _) || (reference.Length is > 0 and <= 128 && reference.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-') && reference[0] is not ('.' or '-'))
            ? reference
            : throw new ArgumentException($"'{reference}' is neither a tag nor a digest.", nameof(reference));

    private static string Shown(string repository, string reference) => repository + (Digest.TryParse(reference, out _) ? "@" : ":") + reference;
}
