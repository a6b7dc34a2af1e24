namespace Orchestrator.Graph;

/// <summary>
/// Where steps of earlier builds are taken from, or kept for later ones: an entry of Compose's <c>cache_from</c> or <c>cache_to</c>
/// (https://docs.docker.com/build/cache/backends/). It can only save time, so no key knows it, except <c>inline</c>, which is a part of the image.
/// </summary>
/// <param name="Type"><c>registry</c>, <c>inline</c> or <c>gha</c>.</param>
/// <param name="Attributes">For instance <c>ref</c> and <c>mode</c>, sorted by name.</param>
internal sealed record CacheLocation(string Type, IReadOnlyDictionary<string, string> Attributes)
{
    public const string Registry = "registry";
    public const string Inline = "inline";

    /// <summary>GitHub's cache.</summary>
    public const string Gha = "gha";

    public override string ToString() => string.Join(',', Attributes.Select(attribute => $"{attribute.Key}={attribute.Value}").Prepend("type=" + Type));
}
