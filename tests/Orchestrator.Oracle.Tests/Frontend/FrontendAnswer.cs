using System.Text.Json;

namespace Orchestrator.Oracle.Tests.Frontend;

/// <summary>What BuildKit's own frontend says about a Dockerfile (buildkit-wire 6.6); nothing is built for it.</summary>
/// <param name="Targets">Name, base as written, and whether it is the default, of each stage.</param>
/// <param name="Arguments">Name to value of the arguments that the target takes; null when unset.</param>
/// <param name="Secrets">Ids.</param>
/// <param name="Ssh">Ids.</param>
/// <remarks>The outline has a member for cache mounts too, which no version of the frontend that we looked at fills.</remarks>
internal sealed record FrontendAnswer(
    IReadOnlyList<(string? Name, string Base, bool IsDefault)> Targets,
    IReadOnlyList<(string Name, string? Value)> Arguments,
    IReadOnlyList<string> Secrets,
    IReadOnlyList<string> Ssh)
{
    public static FrontendAnswer Read(string targets, string outline)
    {
        using var list = JsonDocument.Parse(targets);
        using var detail = JsonDocument.Parse(outline);
        return new FrontendAnswer(
            [.. Items(list, "targets").Select(item => (Text(item, "name"), Text(item, "base") ?? "", item.TryGetProperty("default", out var isDefault) && isDefault.GetBoolean()))],
            [.. Items(detail, "args").Select(item => (Text(item, "name")!, Text(item, "value")))],
            Names(detail, "secrets"),
            Names(detail, "ssh"));
    }

    private static IReadOnlyList<string> Names(JsonDocument document, string member) => [.. Items(document, member).Select(item => Text(item, "name") ?? "")];

    private static IEnumerable<JsonElement> Items(JsonDocument document, string member) => document.RootElement.TryGetProperty(member, out var items) ? items.EnumerateArray() : [];

    private static string? Text(JsonElement item, string member) => item.TryGetProperty(member, out var value) ? value.GetString() : null;
}
