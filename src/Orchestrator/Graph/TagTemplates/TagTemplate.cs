using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.TagTemplates;

/// <summary>A tag with placeholders, as <c>publish_tags</c> has it; its grammar was checked.</summary>
internal sealed record TagTemplate(string Text, SourceSpan Span, IReadOnlyList<TagPiece> Pieces)
{
    /// <summary>Whether a prerelease may have the tag: it says which build it is, so it can never pass for a release.</summary>
    public bool SuitsPrerelease => Uses(TagPlaceholder.Version) || Uses(TagPlaceholder.Sha) || Uses(TagPlaceholder.Branch) || Uses(TagPlaceholder.Key);

    public bool Uses(TagPlaceholder placeholder) => Pieces.Any(piece => piece.Placeholder == placeholder);

    public override string ToString() => Text;
}
