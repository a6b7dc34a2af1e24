using System.Text;
using System.Text.Json;
using Orchestrator.Docker;

namespace Orchestrator.Oracle.Tests.Judging;

/// <summary>What BuildKit made of an image: its layers and its config, without times and history.</summary>
/// <param name="Content">Platform, diffIDs and config as text; null when the build failed.</param>
/// <param name="Failure">Why it failed; null when it did not.</param>
/// <param name="SentFiles">Regular files of the main context that BuildKit asked for; null when the judge cannot see them.</param>
internal sealed record Verdict(string? Content, string? Failure, IReadOnlySet<string>? SentFiles)
{
    public bool IsBuilt => Content is not null;

    /// <summary>Nothing was tried: an image that it may be built from failed.</summary>
    public static Verdict None { get; } = new(null, "not tried", null);

    public static Verdict Failed(string failure, IReadOnlySet<string>? sent = null) => new(null, failure, sent);

    /// <param name="engine">Where it was built.</param>
    /// <param name="id">What the build said; the containerd store now and then does not know it at once.</param>
    /// <param name="name">Under which it was built.</param>
    /// <param name="sent">See <see cref="SentFiles"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">The engine does not have it.</exception>
    public static async Task<Verdict> InspectAsync(DockerEngine engine, string? id, string name, IReadOnlySet<string>? sent, CancellationToken cancellationToken)
    {
        var image = (string.IsNullOrEmpty(id) ? null : await engine.InspectImageAsync(id, cancellationToken)) ?? await engine.InspectImageAsync(name, cancellationToken)
            ?? throw new InvalidOperationException($"The engine built '{name}' ({id}) and does not have it.");
        return new Verdict(Describe(image), null, sent);
    }

    public static string Describe(ImageDetails image)
    {
        var text = new StringBuilder($"{image.Os}/{image.Architecture}/{image.Variant}\n").AppendJoin('\n', image.Layers).Append('\n');
        foreach (var member in image.RawConfig.EnumerateObject().Where(member => !IsEmpty(member.Value)).OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            text.Append(member.Name).Append('=').Append(member.Value.GetRawText()).Append('\n');
        }

        return text.ToString();
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind is JsonValueKind.Null or JsonValueKind.False || value.GetRawText() is "\"\"" or "[]" or "{}";
}
