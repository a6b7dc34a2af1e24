namespace Orchestrator.Graph.TagTemplates;

/// <summary>A part of a tag template.</summary>
/// <param name="Text">As written.</param>
/// <param name="Placeholder">Null for a text that stands for itself.</param>
/// <param name="Length">The digits that were asked for: <c>{sha:12}</c>.</param>
internal readonly record struct TagPiece(string Text, TagPlaceholder? Placeholder, int? Length);
