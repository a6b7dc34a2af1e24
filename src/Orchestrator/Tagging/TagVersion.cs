using NuGet.Versioning;

namespace Orchestrator.Tagging;

/// <summary>A version as tags write it: in full and in no other spelling. <c>1.4.0</c>, .NET's <c>1.4.0.2</c> and <c>1.5.0-rc.1</c> are versions; <c>1.4</c> and <c>01.4.0</c> are not.</summary>
internal static class TagVersion
{
    public static NuGetVersion? Parse(string text) => NuGetVersion.TryParse(text, out var version) && version.ToNormalizedString() == text ? version : null;

    /// <summary>Whether a whole tag, with or without a <c>v</c>, reads as a version: then it names that one for good, whatever it was made of.</summary>
    public static bool IsNamedBy(string tag) => Parse(tag[0] == 'v' ? tag[1..] : tag) is not null;
}
