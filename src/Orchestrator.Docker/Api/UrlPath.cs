using System.Text;

namespace Orchestrator.Docker.Api;

/// <summary>Puts image references into the paths of requests.</summary>
internal static class UrlPath
{
    private const string Plain = "-._~/:@";

    /// <summary>Escapes all that could end or redirect the path; the characters that references are made of stay readable.</summary>
    /// <exception cref="ArgumentException">The text is empty or has a segment that would climb out of the path.</exception>
    public static string Escape(string reference)
    {
        if (reference.Split('/').Any(segment => segment is "" or "." or ".."))
        {
            throw new ArgumentException($"'{reference}' is not the reference of an image.", nameof(reference));
        }

        var escaped = new StringBuilder(reference.Length);
        foreach (var value in Encoding.UTF8.GetBytes(reference))
        {
            if (char.IsAsciiLetterOrDigit((char)value) || Plain.Contains((char)value, StringComparison.Ordinal))
            {
                escaped.Append((char)value);
            }
            else
            {
                escaped.Append('%').Append(Convert.ToHexString([value]));
            }
        }

        return escaped.ToString();
    }
}
