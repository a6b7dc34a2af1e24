namespace Orchestrator.Docker.Http;

/// <summary>Status line and headers of an answer.</summary>
/// <param name="MinorVersion">1 for HTTP/1.1, 0 for HTTP/1.0.</param>
internal sealed record ResponseHead(int MinorVersion, int Status, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>The first value of a header; null when there is none.</summary>
    public string? Find(string name)
    {
        foreach (var header in Headers)
        {
            if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }

    /// <summary>Whether a header that is a list of words, such as <c>Connection</c>, has this word.</summary>
    public bool Has(string name, string word)
    {
        foreach (var header in Headers)
        {
            if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase)
                && header.Value.Split(',', StringSplitOptions.TrimEntries).Contains(word, StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the connection can carry another request when the body is read.</summary>
    public bool KeepsAlive => MinorVersion >= 1 && !Has("Connection", "close");
}
