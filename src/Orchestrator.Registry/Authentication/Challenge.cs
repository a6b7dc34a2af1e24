using System.Text.RegularExpressions;

namespace Orchestrator.Registry.Authentication;

/// <summary>One challenge of a <c>WWW-Authenticate</c> header (RFC 9110, 11.6.1).</summary>
internal sealed partial record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public string this[string parameter] => Parameters.GetValueOrDefault(parameter, "");

    public bool IsBearer => Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it can be answered here.</summary>
    public bool IsUsable => IsBasic || (IsBearer && this["realm"].Length > 0);

    public bool IsBasic => Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase);

    /// <summary>Several challenges may share a header, and their parameters are separated by commas like themselves.</summary>
    public static IReadOnlyList<Challenge> Parse(IEnumerable<string> headers)
    {
        var found = new List<Challenge>();
        foreach (var header in headers)
        {
            Dictionary<string, string>? parameters = null;
            foreach (Match match in Part().Matches(header))
            {
                if (match.Groups["scheme"].Success)
                {
                    parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                    found.Add(new Challenge(match.Groups["scheme"].Value, parameters));
                }
                else
                {
                    parameters?.TryAdd(match.Groups["name"].Value, Unquote(match.Groups["value"].Value));
                }
            }
        }

        return found;
    }

    private static string Unquote(string value) => value.StartsWith('"') ? Escaped().Replace(value[1..^1], "$1") : value;

    [GeneratedRegex("""(?<name>[\w.~+-]+)\s*=\s*(?<value>"(?:[^"\\]|\\.)*"|[^\s,"]+)|(?<scheme>[A-Za-z][\w-]*)(?=\s|,|\z)""", RegexOptions.CultureInvariant)]
    private static partial Regex Part();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
