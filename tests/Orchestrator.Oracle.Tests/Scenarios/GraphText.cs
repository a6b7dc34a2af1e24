using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orchestrator.Oracle.Tests.Scenarios;

/// <summary>A scenario's images.yml.</summary>
internal static class GraphText
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Scenario scenario)
    {
        var text = new StringBuilder($"name: {scenario.Name}\nimages:\n");
        foreach (var image in scenario.Images)
        {
            text.Append($"  {image.Name}:\n    context: {Quote(image.Context)}\n    dockerfile: {Quote(image.Dockerfile)}\n");
            Pairs(text, "args", image.Arguments);
            Pairs(text, "labels", image.Labels);
            Pairs(text, "additional_contexts", image.NamedContexts);
            Line(text, "target", image.Target);
            Line(text, "network", image.Network);
            if (image.ExtraHost is { } host)
            {
                text.Append($"    extra_hosts: [{Quote(host)}]\n");
            }
        }

        return text.ToString();
    }

    private static void Pairs(StringBuilder text, string key, IReadOnlyDictionary<string, string> pairs)
    {
        if (pairs.Count > 0)
        {
            text.Append($"    {key}:\n").AppendJoin("", pairs.Select(pair => $"      {Quote(pair.Key)}: {Quote(pair.Value)}\n"));
        }
    }

    private static void Line(StringBuilder text, string key, string? value)
    {
        if (value is not null)
        {
            text.Append($"    {key}: {Quote(value)}\n");
        }
    }

    // A JSON string is a YAML string; the dollar would begin a variable.
    private static string Quote(string value) => JsonSerializer.Serialize(value, Readable).Replace("$", "$$", StringComparison.Ordinal);
}
