using System.Text.RegularExpressions;

namespace Orchestrator.Graph;

/// <summary>Names of platforms, <c>os/architecture[/variant]</c>, in the one form that they are compared in: synonyms are folded as containerd folds them.</summary>
internal static partial class PlatformName
{
    /// <summary>What may stand alone: the system is then Linux.</summary>
    private static readonly string[] Architectures =
        ["386", "amd64", "arm", "arm64", "loong64", "mips64", "mips64le", "ppc64le", "riscv64", "s390x", "aarch64", "armhf", "armel", "i386", "x86_64", "x86-64"];

    /// <returns>Null when it names no platform.</returns>
    public static string? Read(string written) =>
        Architectures.Contains(written) ? Normalize("linux/" + written) : Grammar().IsMatch(written) ? Normalize(written) : null;

    /// <param name="platform">Also without a variant, or with an empty one.</param>
    public static string Normalize(string platform)
    {
        var parts = platform.Split('/');
        var (architecture, variant) = Normalize(parts.Length > 1 ? parts[1] : "", parts.Length > 2 ? parts[2] : "");
        return string.Join('/', new[] { parts[0], architecture, variant }.Where(part => part.Length > 0));
    }

    /// <summary>The synonyms that containerd folds (https://github.com/containerd/platforms).</summary>
    public static (string Architecture, string Variant) Normalize(string architecture, string variant) => (architecture, variant) switch
    {
        ("x86_64" or "x86-64" or "amd64", "v1" or "") => ("amd64", ""),
        ("x86_64" or "x86-64", _) => ("amd64", variant),
        ("aarch64" or "arm64", "8" or "v8" or "") => ("arm64", ""),
        ("aarch64", _) => ("arm64", variant),
        ("armhf", _) => ("arm", "v7"),
        ("armel", _) => ("arm", "v6"),
        ("arm", "" or "7") => ("arm", "v7"),
        ("arm", "5" or "6" or "8") => ("arm", "v" + variant),
        ("i386", _) => ("386", ""),
        _ => (architecture, variant),
    };

    [GeneratedRegex(@"\A[a-z0-9]+/[a-z0-9_-]+(/[a-z0-9.]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
