using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>A here-document of a RUN, COPY or ADD.</summary>
/// <param name="Expand">Variables are expanded: no part of the name was quoted.</param>
/// <param name="Chomp">Leading tabs are dropped (<c>&lt;&lt;-</c>); <see cref="Content"/> still has them.</param>
/// <param name="Content">The lines as they are in the file, line ends included, as BuildKit keeps them.</param>
/// <param name="FileDescriptor">The number before <c>&lt;&lt;</c>; 0 without one.</param>
/// <param name="Span">The word that opens it.</param>
internal sealed record Heredoc(string Name, bool Expand, bool Chomp, string Content, int FileDescriptor, SourceSpan Span);
