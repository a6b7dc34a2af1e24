namespace Orchestrator.BuildKit.Control;

/// <summary>Lines of a file that the daemon read, from 1.</summary>
/// <param name="FileName">As the daemon knows it, such as <c>Dockerfile</c>.</param>
/// <param name="StartLine">0: not known.</param>
/// <param name="EndLine">Inclusive.</param>
public sealed record SourceRange(string FileName, int StartLine, int EndLine);
