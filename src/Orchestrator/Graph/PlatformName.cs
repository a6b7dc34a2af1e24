using System.Text.RegularExpressions;

namespace Orchestrator.Graph;

/// <summary>Names of platforms, <c>os/architecture[/variant]</c>, in the one form that they are compared in: synonyms are folded as containerd folds them.</summary>
internal static partial class PlatformName
{
    /// <summary>What may stand alone in a graph file: the system is then Linux.</summary>
    private static readonly string[] Architectures =
        ["386", "amd64", "arm", "arm64", "loong64", "mips64", "mips64le", "ppc64le", "riscv64", "s390x", "aarch64", "armhf", "armel", "i386", "x86_64", "x86-64"];

    /// <summary>What containerd knows besides.</summary>
    private static readonly string[] RareArchitectures =
        ["amd64p32", "arm64be", "armbe", "mips", "mips64p32", "mips64p32le", "mipsle", "ppc", "ppc64", "riscv", "s390", "sparc", "sparc64", "wasm"];

    private static readonly string[] Systems =
        ["aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl", "netbsd", "openbsd", "plan9", "solaris", "windows", "zos"];

    /// <summary>A platform in a graph file.</summary>
    /// <returns>Null when it names no platform.</returns>
    public static string? Read(string written) =>
        Architectures.Contains(written) ? Normalize("linux/" + written) : IsWhole(written) ? Normalize(written) : null;

    /// <summary>A platform as BuildKit reads it, in any case; a system or an architecture that stands alone is completed by the builder's.</summary>
    /// <param name="written">Variables expanded.</param>
    /// <param name="builder">The platform of the engine.</param>
    /// <returns>Null when it names no platform.</returns>
    public static string? Parse(string written, string builder)
    {
        var parts = LowerCase(written).Split('/');
        parts[0] = parts[0] == "macos" ? "darwin" : parts[0];
        var own = builder.Split('/');
        if (parts is [var alone])
        {
            parts = Systems.Contains(alone) ? [alone, .. own[1..]] : Architectures.Contains(alone) || RareArchitectures.Contains(alone) ? [own[0], alone] : parts;
        }

        return string.Join('/', parts) is var whole && IsWhole(whole) ? Normalize(whole) : null;
    }

    /// <summary>Whether it names a system and an architecture, be it by synonyms.</summary>
    public static bool IsWhole(string written) => Grammar().IsMatch(written);

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

#pragma warning disable CA1308 // containerd compares platforms in lower case
    private static string LowerCase(string written) => written.ToLowerInvariant();
#pragma warning restore CA1308

    [GeneratedRegex(@"\A[a-z0-9]+/[a-z0-9_-]+(/[a-z0-9.]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
