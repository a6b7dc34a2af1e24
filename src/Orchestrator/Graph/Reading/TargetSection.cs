using Orchestrator.Diagnostics;
using Orchestrator.Graph.ImageTests;
using Orchestrator.Graph.TagTemplates;

namespace Orchestrator.Graph.Reading;

/// <summary>One entry of <c>targets:</c>.</summary>
internal sealed record TargetSection(Located<string> Name, Located<string> Tag, IReadOnlyList<KeyValuePair<string, Located<string?>>> Arguments)
{
    /// <summary>Null where none are written: those of the image count.</summary>
    public IReadOnlyList<TagTemplate>? PublishTags { get; init; }

    /// <summary>Besides those of the image.</summary>
    public IReadOnlyList<ImageTest> Tests { get; init; } = [];
}
