using Orchestrator.Diagnostics;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Compose;

/// <summary>What must hold of the project as a whole, after everything was laid over each other.</summary>
internal sealed class ComposeConsistency(IReadOnlyList<ServiceEntry> services, YamlMapping? secrets, DiagnosticBag diagnostics)
{
    private static readonly string[] Texts = ["context", "dockerfile", "dockerfile_inline", "target", "network", "isolation"];

    private readonly HashSet<string> _active = services.Where(service => service.IsActive).Select(service => service.Name.Value).ToHashSet(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _secrets = [.. secrets?.Entries.Select(entry => entry.Key.Value) ?? []];

    public void Check()
    {
        foreach (var service in services.Where(service => service is { IsActive: true, Build: not null }))
        {
            Check(service, service.Build!);
        }
    }

    private void Check(ServiceEntry service, YamlMapping build)
    {
        foreach (var entry in build.Entries.Where(entry => Texts.Contains(entry.Key.Value) && entry.Value is not YamlScalar { IsNull: false }))
        {
            diagnostics.Add(Rules.WrongType.At(entry.Value is YamlScalar ? entry.Key.Span : entry.Value.Span, entry.Key.Value, "a text", entry.Value.Kind));
        }

        if (build.Find("dockerfile") is { Value: YamlScalar { IsNull: false, Value.Length: > 0 } } && build.Find("dockerfile_inline") is { Value: YamlScalar { IsNull: false, Value.Length: > 0 } } inline)
        {
            diagnostics.Add(Rules.KeysExcludeEachOther.At(inline.Key.Span, "dockerfile", "dockerfile_inline"));
        }

        foreach (var context in (build.Find("additional_contexts")?.Value as YamlMapping)?.Entries ?? [])
        {
            if (context.Value is YamlScalar value && value.Value.StartsWith("service:", StringComparison.Ordinal) && !_active.Contains(value.Value["service:".Length..]))
            {
                var name = value.Value["service:".Length..];
                diagnostics.Add(Rules.ServiceUnknown.At(value.Span, name, DidYouMean.Phrase(name, _active)));
            }
        }

        foreach (var secret in (build.Find("secrets")?.Value as YamlSequence)?.Items ?? [])
        {
            var source = secret as YamlScalar ?? (secret as YamlMapping)?.Find("source")?.Value as YamlScalar;
            if (source is not null && !_secrets.Contains(source.Value))
            {
                diagnostics.Add(Rules.SecretNotDeclared.At(source.Span, source.Value, DidYouMean.Phrase(source.Value, _secrets)));
            }
        }

        var platforms = (build.Find("platforms")?.Value as YamlSequence)?.Items.OfType<YamlScalar>().Select(item => item.Value).ToList() ?? [];
        if (service.Platform is { } platform && platforms.Count > 0 && (PlatformName.Read(platform.Value) is not { } wanted || platforms.TrueForAll(other => PlatformName.Read(other) != wanted)))
        {
            diagnostics.Add(Rules.InvalidValue.At(platform.Span, platform.Value, "platform", "'platforms' of its build does not have it"));
        }
    }
}
