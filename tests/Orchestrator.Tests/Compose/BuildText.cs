using System.Globalization;
using System.Text.Json;
using Orchestrator.Graph.Compose;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Tests.Compose;

/// <summary>What a reading says of builds, one line for each value, so that two readings can be compared and a difference be read.</summary>
internal static class BuildText
{
    public static IReadOnlyList<string> Of(ComposeProject project)
    {
        var lines = new List<string> { $"name={project.Name}" };
        foreach (var service in project.Services.Where(service => service.IsActive))
        {
            lines.Add($"{service.Name}");
            if (service.Build is { } build)
            {
                Add(lines, $"{service.Name}.build", Completed(build));
            }

            if (service.Platform is { } platform)
            {
                lines.Add($"{service.Name}.platform={platform}");
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    /// <summary>Of the JSON that the tool writes, in which a dollar sign is two.</summary>
    public static IReadOnlyList<string> Of(JsonElement config)
    {
        var lines = new List<string> { $"name={config.GetProperty("name").GetString()}" };
        foreach (var service in config.GetProperty("services").EnumerateObject())
        {
            lines.Add(service.Name);
            if (service.Value.TryGetProperty("build", out var build))
            {
                Add(lines, $"{service.Name}.build", build);
            }

            if (service.Value.TryGetProperty("platform", out var platform))
            {
                lines.Add($"{service.Name}.platform={platform.GetString()}");
            }
        }

        return [.. lines.Order(StringComparer.Ordinal)];
    }

    private static void Add(List<string> lines, string path, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var item in value.EnumerateObject())
                {
                    Add(lines, $"{path}.{Undoubled(item.Name)}", item.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in value.EnumerateArray().Index())
                {
                    Add(lines, $"{path}.{index}", item);
                }

                break;
            case JsonValueKind.Null:
                break;
            default:
                lines.Add($"{path}={Undoubled(value.ToString()).ToLowerInvariant()}");
                break;
        }
    }

    private static string Undoubled(string text) => text.Replace("$$", "$", StringComparison.Ordinal);

    private static void Add(List<string> lines, string path, YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    Add(lines, $"{path}.{entry.Key.Value}", entry.Value);
                }

                break;
            case YamlSequence list:
                foreach (var (index, item) in list.Items.Index())
                {
                    Add(lines, $"{path}.{index}", item);
                }

                break;
            case YamlScalar { IsNull: false } text:
                lines.Add($"{path}={text.Value.ToLowerInvariant()}");
                break;
        }
    }

    /// <summary>What the tool writes out although nobody wrote it, and the one form of several that it writes.</summary>
    private static YamlMapping Completed(YamlMapping build)
    {
        var isInline = build.Find("dockerfile_inline") is { Value: YamlScalar { IsNull: false } };
        return build
            .With("dockerfile", file => file is YamlScalar { IsNull: false, Value.Length: > 0 } ? file : isInline ? null : ComposeForms.Text(build.Span, "Dockerfile"))
            .With("labels", labels => (labels as YamlMapping)?.Each(entry => entry.Value is YamlScalar { IsNull: true } empty ? empty with { IsNull = false } : entry.Value))
            .With("ssh", agents => agents is null ? null : List(agents, ComposeForms.Items(agents)))
            .With("extra_hosts", hosts => hosts is null ? null : List(hosts, ComposeForms.Items(hosts).OfType<YamlScalar>().Select(Host).OrderBy(host => host.Value, StringComparer.Ordinal)))
            .With("secrets", secrets => secrets is YamlSequence list ? List(list, list.Items.Select(item => item is YamlScalar ? new YamlMapping(item.Span, [ComposeForms.Entry("source", item)]) : item)) : secrets)
            .With("shm_size", size => size is YamlScalar text ? text with { Value = Bytes(text.Value) } : size);
    }

    private static YamlSequence List(YamlNode place, IEnumerable<YamlNode> items) => new(place.Span, [.. items]);

    private static YamlScalar Host(YamlScalar host)
    {
        var sign = host.Value.Contains('=', StringComparison.Ordinal) ? '=' : ':';
        var parts = host.Value.Split(sign, 2);
        return host with { Value = $"{parts[0]}={(parts[1] is ['[', .. var inner, ']'] ? inner : parts[1])}" };
    }

    private static string Bytes(string size)
    {
        var digits = new string([.. size.TakeWhile(char.IsAsciiDigit)]);
        var power = size.Length == digits.Length ? 0 : " kmg".IndexOf(char.ToLowerInvariant(size[digits.Length]), StringComparison.Ordinal);
        return (long.Parse(digits, CultureInfo.InvariantCulture) << (10 * power)).ToString(CultureInfo.InvariantCulture);
    }
}
