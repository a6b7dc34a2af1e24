using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Orchestrator.Graph.Yaml;

/// <summary>A text as it is written into a graph file or a Compose file.</summary>
internal static partial class YamlWord
{
    /// <summary>In quotes unless YAML can take it for nothing but a text; a dollar sign is a dollar sign.</summary>
    public static string Of(string text) =>
        IsPlain(text) ? text : $"\"{JsonEncodedText.Encode(text.Replace("$", "$$", StringComparison.Ordinal), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>Whether it is the same text with and without quotes of either kind.</summary>
    public static bool IsPlain(string text) => Plain().IsMatch(text) && !Word().IsMatch(text);

    /// <summary>A mapping in brackets.</summary>
    public static string Map(IEnumerable<KeyValuePair<string, string>> pairs) => $"{{ {string.Join(", ", pairs.Select(pair => $"{Of(pair.Key)}: {Of(pair.Value)}"))} }}";

    [GeneratedRegex(@"\A(?:\.{1,2}|(?:\.{1,2}/)*[A-Za-z_][A-Za-z0-9_./-]*(?::[A-Za-z0-9_.-]+)?)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A(?:true|false|null|yes|no|on|off|y|n)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
