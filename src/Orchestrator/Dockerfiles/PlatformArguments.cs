using Orchestrator.Graph;

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
        var (architecture, variant) = PlatformName.Normalize(parts.Length > 1 ? parts[1] : "", parts.Length > 2 ? parts[2] : "");
        yield return KeyValuePair.Create(prefix + "PLATFORM", PlatformName.Normalize(platform));
        yield return KeyValuePair.Create(prefix + "OS", parts[0]);
        yield return KeyValuePair.Create(prefix + "OSVERSION", "");
        yield return KeyValuePair.Create(prefix + "ARCH", architecture);
        yield return KeyValuePair.Create(prefix + "VARIANT", variant);
    }
}
