using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>A node's Dockerfile and ignore file, read from disk.</summary>
internal sealed record DockerfileFile(DockerfileDocument Document, string? IgnoreText)
{
    /// <returns>Null when the Dockerfile is not usable; that was reported.</returns>
    public static DockerfileFile? Read(ImageNode node, DiagnosticBag diagnostics)
    {
        var build = node.Build;
        try
        {
            var document = build.DockerfileInline is { } inline
                ? DockerfileReader.Read(inline.Span.File, inline.Value, diagnostics)
                : DockerfileReader.Read(build.Dockerfile.Value, File.ReadAllBytes(build.Dockerfile.Value), diagnostics);
            return document is null ? null : new DockerfileFile(document, ReadIgnore(build));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Rules.DockerfileUnreadable.At(build.Dockerfile.Span, node.DisplayName, exception.Message));
            return null;
        }
    }

    /// <summary>The one beside the Dockerfile wins over the context's.</summary>
    private static string? ReadIgnore(BuildDefinition build)
    {
        var own = build.DockerfileInline is null ? build.Dockerfile.Value + ".dockerignore" : "";
        var file = File.Exists(own) ? own : Path.Join(build.Context.Value, ".dockerignore");
        return File.Exists(file) ? File.ReadAllText(file, Encoding.UTF8) : null;
    }
}
