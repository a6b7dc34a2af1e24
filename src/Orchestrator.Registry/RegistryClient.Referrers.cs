using System.Net;
using Orchestrator.Registry.Authentication;
using Orchestrator.Registry.Http;

namespace Orchestrator.Registry;

/// <content>What is about what: a list that newer registries keep, and a tag that stands for one in others (the specification's fallback).</content>
public sealed partial class RegistryClient
{
    private const int LongestReferrersDigits = 64;

    /// <summary>How registries, and proxies that stand before one, say that they keep no such list. What may pass by itself is none of these.</summary>
    private static readonly HttpStatusCode[] NoReferrers =
        [HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotAcceptable, HttpStatusCode.NotImplemented];

    /// <summary>The manifests that are about another one: signatures, and attestations that are kept beside an image.</summary>
    public async Task<IReadOnlyList<Descriptor>> ListReferrersAsync(string repository, Digest digest, CancellationToken cancellationToken)
    {
        var referrers = new List<Descriptor>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var next = $"v2/{Name(repository)}/referrers/{digest}";
        while (next is not null)
        {
            if (!seen.Add(next))
            {
                throw Lie(repository, digest.ToString(), "it repeats a page of what is about it");
            }

            (var page, next) = await ReferrersPageAsync(repository, digest, next, cancellationToken);
            if (page is null)
            {
                return seen.Count == 1
                    ? (await FindManifestAsync(repository, ReferrersTag(digest), cancellationToken))?.Manifests ?? []
                    : throw Lie(repository, digest.ToString(), "a page of what is about it is missing");
            }

            referrers.AddRange(page.Manifests);
        }

        return referrers;
    }

    /// <summary>Adds a manifest to the list of what is about its subject, in a registry that keeps no such list.</summary>
    internal async Task AddReferrerAsync(string repository, Manifest manifest, CancellationToken cancellationToken)
    {
        var tag = ReferrersTag(manifest.Subject!.Digest);
        var known = (await FindManifestAsync(repository, tag, cancellationToken))?.Manifests ?? [];
        if (known.All(descriptor => descriptor.Digest != manifest.Digest))
        {
            await PutManifestAsync(repository, tag, Manifest.Read(ReferrersIndex.Write([.. known, manifest.Descriptor]), MediaTypes.OciIndex), cancellationToken);
        }
    }

    /// <summary>Cut as the specification has it: a longer one is no tag.</summary>
    private static string ReferrersTag(Digest digest) => $"{digest.Algorithm}-{digest.Hex[..LongestReferrersDigits]}";

    /// <returns>Null for the page when the registry keeps no list.</returns>
    private Task<(Manifest? Page, string? Next)> ReferrersPageAsync(string repository, Digest digest, string target, CancellationToken cancellationToken)
    {
        var request = new RegistryRequest(HttpMethod.Get, target)
        {
            Purpose = $"listing what is about {Shown(repository, digest.ToString())}",
            Scopes = [ReadScope(repository)],
            Accept = [MediaTypes.OciIndex],
            Expected = NoReferrers,
            IsExpected = IsRefusedByPath,
        };
        return _sender.SendAsync(request, async (response, token) =>
            // A page of a proxy or a site is no list either. Content here has no digest of its own to check: the registry makes it up for the question.
            response.IsSuccessStatusCode && response.Content.Headers.ContentType?.MediaType == MediaTypes.OciIndex
                ? ((Manifest?)Parse(await BodyAsync(response, repository, digest.ToString(), token), response, repository, digest.ToString()), NextPage.Of(response))
                : (null, null), cancellationToken);
    }

    /// <summary>A refusal that does not say what it wants to see is about the address, not about us: some proxies let only known ones through. Whoever may really not pull hears it at the tag.</summary>
    private static bool IsRefusedByPath(HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
        && !Challenge.Parse(response.Headers.TryGetValues("WWW-Authenticate", out var values) ? values : []).Any(challenge => challenge.IsUsable);
}
