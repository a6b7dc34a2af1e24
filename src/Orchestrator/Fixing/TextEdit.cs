namespace Orchestrator.Fixing;

/// <summary>A stretch of a text and what takes its place; counted in UTF-16 characters, the end is exclusive.</summary>
internal readonly record struct TextEdit(int Start, int End, string Text);
