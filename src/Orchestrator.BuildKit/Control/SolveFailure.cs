using System.Text.Json;
using Orchestrator.BuildKit.Wire;

namespace Orchestrator.BuildKit.Control;

/// <summary>The typed details of a failure; their values are JSON whose members' case varies by version (buildkit-wire 2.3).</summary>
/// <param name="Ranges">Lines of the Dockerfile.</param>
/// <param name="VertexDigest">The step that failed.</param>
/// <param name="ExitCode">What a failed <c>RUN</c> returned.</param>
public sealed record SolveFailure(IReadOnlyList<SourceRange> Ranges, string? VertexDigest, int? ExitCode)
{
    private const string Prefix = "github.com/moby/buildkit/";

    /// <summary>Nothing is known.</summary>
    public static SolveFailure Unknown { get; } = new([], null, null);

    internal static SolveFailure Read(IEnumerable<RpcAny> details)
    {
        var ranges = new List<SourceRange>();
        string? vertex = null;
        int? exitCode = null;
        foreach (var detail in details)
        {
            switch (detail.TypeUrl.Replace(Prefix, "", StringComparison.Ordinal))
            {
                case "errdefs.Source+json":
                    ReadJson(detail, root => ReadSource(root, ranges));
                    break;
                case "errdefs.Vertex+json":
                    ReadJson(detail, root => vertex = Member(root, "digest")?.GetString());
                    break;
                case "gatewayapi.ExitMessage+json":
                    ReadJson(detail, root => exitCode = Number(root, "code"));
                    break;
            }
        }

        return new SolveFailure(ranges, vertex, exitCode);
    }

    private static void ReadSource(JsonElement root, List<SourceRange> ranges)
    {
        var file = Member(root, "info") is { } info && Member(info, "filename") is { ValueKind: JsonValueKind.String } name ? name.GetString()! : "";
        if (Member(root, "ranges") is not { ValueKind: JsonValueKind.Array } list)
        {
            return;
        }

        foreach (var range in list.EnumerateArray())
        {
            var start = Member(range, "start") is { } from ? Number(from, "line") ?? 0 : 0;
            var end = Member(range, "end") is { } to ? Number(to, "line") ?? 0 : 0;
            ranges.Add(new SourceRange(file, start, Math.Max(start, end)));
        }
    }

    /// <summary>A detail that is not what it says it is tells nothing; the failure itself is still reported.</summary>
    private static void ReadJson(RpcAny detail, Action<JsonElement> read)
    {
        try
        {
            using var document = JsonDocument.Parse(detail.Value.Memory);
            read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
        }
    }

    private static JsonElement? Member(JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return member.Value;
                }
            }
        }

        return null;
    }

    private static int? Number(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;
}
