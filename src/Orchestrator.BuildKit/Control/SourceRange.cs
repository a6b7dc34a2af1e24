namespace Orchestrator.BuildKit.Control;

/// <summary>Lines of a source file, both included, counted from 1.</summary>
/// <param name="FileName">The Dockerfile's name as it was sent in the attribute <c>filename</c>; empty when unknown.</param>
/// <param name="StartLine">The first line.</param>
/// <param name="EndLine">The last line, never before the first.</param>
/// <param name="StartCharacter">The character in the first line; normally 0, as positions are whole lines.</param>
/// <param name="EndCharacter">The character in the last line.</param>
public sealed record SourceRange(string FileName, int StartLine, int EndLine, int StartCharacter = 0, int EndCharacter = 0);
