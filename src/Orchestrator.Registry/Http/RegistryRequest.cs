using System.Net;
using Orchestrator.Registry.Authentication;

namespace Orchestrator.Registry.Http;

/// <summary>One request, as often as it has to be sent.</summary>
/// <param name="Target">Path and query below the registry's address, or an absolute address that the registry gave.</param>
internal sealed record RegistryRequest(HttpMethod Method, string Target)
{
    /// <summary>What is being done, in words that go on with "failed": <c>reading the manifest of app:1.4.0</c>. Never an address.</summary>
    public required string Purpose { get; init; }

    public IReadOnlyList<AccessScope> Scopes { get; init; } = [];

    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>Makes the body, anew for each time that it is sent.</summary>
    public Func<ProgressingContent>? Content { get; init; }

    /// <summary>The first byte that is wanted.</summary>
    public long From { get; init; }

    /// <summary>Statuses beyond 2xx that are answers and not errors.</summary>
    public IReadOnlyList<HttpStatusCode> Expected { get; init; } = [];

    /// <summary>Further answers that are no errors, told by more than their status.</summary>
    public Predicate<HttpResponseMessage>? IsExpected { get; init; }
}
