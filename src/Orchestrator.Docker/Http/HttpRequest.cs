using System.Globalization;
using System.Text;

namespace Orchestrator.Docker.Http;

/// <summary>A request, with no more of a body than a piece of JSON. Every request that is sent here may be repeated without harm.</summary>
/// <param name="Target">Path and query, already escaped.</param>
internal sealed record HttpRequest(string Method, string Target)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The protocol to switch to; null for an ordinary request.</summary>
    public string? Upgrade { get; init; }

    /// <summary>JSON; empty for most requests.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <exception cref="ArgumentException">A part holds a character that would start another part.</exception>
    public byte[] ToBytes(string host)
    {
        var text = new StringBuilder();
        text.Append(Word(Method)).Append(' ').Append(Word(Target)).Append(" HTTP/1.1\r\n");
        AppendHeader(text, "Host", host);
        if (Upgrade is not null)
        {
            AppendHeader(text, "Connection", "Upgrade");
            AppendHeader(text, "Upgrade", Upgrade);
        }
        else if (Method == "POST")
        {
            AppendHeader(text, "Content-Length", Body.Length.ToString(CultureInfo.InvariantCulture));
        }

        if (!Body.IsEmpty)
        {
            AppendHeader(text, "Content-Type", "application/json");
        }

        foreach (var (name, value) in Headers)
        {
            AppendHeader(text, name, value);
        }

        return [.. Encoding.UTF8.GetBytes(text.Append("\r\n").ToString()), .. Body.Span];
    }

    private static void AppendHeader(StringBuilder text, string name, string value)
    {
        if (name.Contains(':', StringComparison.Ordinal) || value.AsSpan().IndexOfAny("\r\n\0") >= 0)
        {
            throw new ArgumentException($"The header '{name}' holds a character that headers cannot carry.");
        }

        text.Append(Word(name)).Append(": ").Append(value).Append("\r\n");
    }

    private static string Word(string part)
    {
        foreach (var character in part)
        {
            if (character is <= ' ' or >= '\x7f')
            {
                throw new ArgumentException("A request's method, target or header name holds a character that has to be escaped.");
            }
        }

        return part.Length > 0 ? part : throw new ArgumentException("A request's method, target or header name is empty.");
    }
}
