namespace Orchestrator.Dockerfiles;

/// <summary>A stretch of <see cref="DockerfileDocument.Text"/>, counted in UTF-16 characters; the end is exclusive.</summary>
internal readonly record struct TextRange(int Start, int End);
