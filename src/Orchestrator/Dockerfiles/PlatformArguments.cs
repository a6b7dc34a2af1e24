namespace Orchestrator.Dockerfiles;

/// <summary>The arguments that BuildKit itself provides in global scope.</summary>
internal static class PlatformArguments
{
    public static IEnumerable<KeyValuePair<string, string>> For(DockerfileInputs inputs, string? lastStage)
    {
        var target = string.IsNullOrEmpty(inputs.Target) ? lastStage : inputs.Target;
        return Of("BUILD", inputs.BuildPlatform)
            .Concat(Of("TARGET", inputs.TargetPlatform))
            .Append(KeyValuePair.Create("TARGETSTAGE", target ?? "default"))
            .Select(argument => inputs.BuildArguments.TryGetValue(argument.Key, out var given) ? KeyValuePair.Create(argument.Key, given) : argument);
    }

    private static IEnumerable<KeyValuePair<string, string>> Of(string prefix, string platform)
    {
        var parts = platform.Split('/');
        var architecture = parts.Length > 1 ? parts[1] : "";
        var variant = parts.Length > 2 ? parts[2] : "";
        (architecture, variant) = Normalize(architecture, variant);
        yield return KeyValuePair.Create(prefix + "PLATFORM", string.Join('/', new[] { parts[0], architecture, variant }.Where(part => part.Length > 0)));
        yield return KeyValuePair.Create(prefix + "OS", parts[0]);
        yield return KeyValuePair.Create(prefix + "OSVERSION", "");
        yield return KeyValuePair.Create(prefix + "ARCH", architecture);
        yield return KeyValuePair.Create(prefix + "VARIANT", variant);
    }

    /// <summary>The synonyms that containerd folds (https://github.com/containerd/platforms).</summary>
    private static (string Architecture, string Variant) Normalize(string architecture, string variant) => (architecture, variant) switch
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
}
