using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>Reads <c>platforms</c>: at most one, which the engine has to be of.</summary>
internal static partial class PlatformNames
{
    public static Located<string>? Read(KeyedMapping section, DiagnosticBag diagnostics)
    {
        var written = section.Texts("platforms");
        if (written.Count > 1)
        {
            diagnostics.Add(Rules.InvalidValue.At(written[1].Span, string.Join(", ", written.Select(platform => platform.Value)), "platforms", "several platforms are not supported yet"));
            return null;
        }

        return written is [var one] ? Checked(one, "platforms", diagnostics) : null;
    }

    /// <returns>Null when it is none; that was reported.</returns>
    public static Located<string>? Checked(Located<string> platform, string key, DiagnosticBag diagnostics)
    {
        if (Grammar().IsMatch(platform.Value))
        {
            return platform;
        }

        diagnostics.Add(Rules.InvalidValue.At(platform.Span, platform.Value, key, "a platform is such as linux/amd64 or linux/arm64/v8"));
        return null;
    }

    [GeneratedRegex(@"\A[a-z0-9]+/[a-z0-9_]+(/[a-z0-9.]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
