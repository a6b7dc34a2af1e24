using System.Text.Json;
using Orchestrator.Docker.Api;

namespace Orchestrator.Docker;

/// <summary>Which image a reference stands for.</summary>
/// <param name="Id">As in <see cref="ImageDetails.Id"/>.</param>
/// <param name="RepoTags">All tags of that image, in Docker's short form.</param>
public sealed record ImageNames(string Id, IReadOnlyList<string> RepoTags)
{
    /// <summary>The newest step of a history has them; an image without steps has none. Of an image whose content is gone the engine says <c>null</c>.</summary>
    internal static ImageNames? From(JsonElement history) => history.ValueKind == JsonValueKind.Null ? null
        : JsonReading.Of(history, "the history", JsonValueKind.Array) is var steps && steps.GetArrayLength() > 0 && steps[0].Text("Id") is { Length: > 0 } id ? new ImageNames(id, steps[0].Texts("Tags")) : null;
}
