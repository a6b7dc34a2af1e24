using System.Buffers;
using System.Text.RegularExpressions;

namespace Orchestrator.Docker.Configuration;

/// <summary>
/// What every request to an engine carries besides its own headers, for proxies that stand before one: <c>HttpHeaders</c> of <c>config.json</c>, or in place of all
/// of them the variable <c>DOCKER_CUSTOM_HEADERS</c>, one record of CSV with <c>name=value</c> in each field.
/// </summary>
internal static partial class EngineHeaders
{
    private const string Variable = "DOCKER_CUSTOM_HEADERS";

    /// <summary>Said by a request itself; Go's client ignores them here, too.</summary>
    private static readonly string[] Own = ["Host", "Connection", "Upgrade", "Content-Length", "Content-Type", "Transfer-Encoding"];

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <exception cref="DockerConfigurationException">One cannot be sent, or the variable has another form. Values are not shown.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(DockerEnvironment environment)
    {
        var (headers, origin) = environment[Variable] is { } text
            ? (Parse(text), $"The variable {Variable}")
            : (ConfigFile.Read(environment).HttpHeaders?.Select(header => KeyValuePair.Create(header.Key, header.Value ?? "")) ?? [], $"HttpHeaders in {ConfigFile.PathIn(environment)}");
        var sent = headers.Where(header => !Own.Contains(header.Key, StringComparer.OrdinalIgnoreCase)).GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase).Select(group => group.Last()).ToList();
        if (sent.Find(header => header.Key.Length == 0 || header.Key.AsSpan().ContainsAnyExcept(NameCharacters) || header.Value.AsSpan().ContainsAny("\r\n\0")) is { Key: { } name })
        {
            throw new DockerConfigurationException($"{origin} holds the header '{name}', whose name or value no request can carry.");
        }

        IReadOnlyList<KeyValuePair<string, string>> none = [];
        return sent.Count == 0 ? none : sent;
    }

    private static IEnumerable<KeyValuePair<string, string>> Parse(string text)
    {
        var fields = Field().Matches(text);
        if (fields.Count == 0 || fields[^1].Index + fields[^1].Length != text.Length)
        {
            throw Malformed();
        }

        return fields.Where(field => field.Length > 0 || fields.Count == 1).Select(field =>
        {
            var pair = (field.Groups["quoted"].Success ? field.Groups["quoted"].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : field.Groups["plain"].Value).Split('=', 2);
            return pair.Length == 2 && pair[0].Trim().Length > 0 ? KeyValuePair.Create(pair[0].Trim(), pair[1]) : throw Malformed();
        });
    }

    private static DockerConfigurationException Malformed() => new($"The variable {Variable} has to be name=value pairs, separated by commas; a pair with a comma in it stands in double quotes.");

    [GeneratedRegex("""\G(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^",]*))(?:,|\z)""", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
