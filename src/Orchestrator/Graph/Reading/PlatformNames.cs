using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>Reads <c>platforms</c>: each once, in the form that platforms are compared in.</summary>
internal static class PlatformNames
{
    /// <returns>Null where none are written; an empty list means whatever the engine is.</returns>
    public static IReadOnlyList<Located<string>>? Read(KeyedMapping section, DiagnosticBag diagnostics)
    {
        if (section.Find("platforms") is null)
        {
            return null;
        }

        var platforms = new List<Located<string>>();
        foreach (var written in section.Texts("platforms"))
        {
            if (Checked(written, "platforms", diagnostics) is not { } platform)
            {
                continue;
            }

            if (platforms.Exists(other => other.Value == platform.Value))
            {
                diagnostics.Add(Rules.InvalidValue.At(written.Span, written.Value, "platforms", $"{platform.Value} is there already"));
            }
            else
            {
                platforms.Add(platform);
            }
        }

        return platforms;
    }

    /// <returns>Null when it is none; that was reported.</returns>
    public static Located<string>? Checked(Located<string> platform, string key, DiagnosticBag diagnostics)
    {
        if (PlatformName.Read(platform.Value) is { } name)
        {
            return platform with { Value = name };
        }

        diagnostics.Add(Rules.InvalidValue.At(platform.Span, platform.Value, key, "a platform is such as linux/amd64 or linux/arm/v7"));
        return null;
    }
}
