using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>A node's Dockerfile and ignore file, read from disk.</summary>
internal sealed record DockerfileFile(DockerfileDocument Document, string? IgnoreText)
{
    /// <param name="texts">What files would hold, by absolute path; all others are read from disk.</param>
    /// <returns>Null when the Dockerfile is not usable; that was reported.</returns>
    public static DockerfileFile? Read(ImageNode node, IReadOnlyDictionary<string, string> texts, DiagnosticBag diagnostics)
    {
        var build = node.Build;
        try
        {
            var document = build.DockerfileInline is { } inline ? DockerfileReader.Read(inline.Span.File, inline.Value, diagnostics)
                : texts.GetValueOrDefault(build.Dockerfile.Value) is { } text ? DockerfileReader.Read(build.Dockerfile.Value, text, diagnostics)
                : DockerfileReader.Read(build.Dockerfile.Value, File.ReadAllBytes(build.Dockerfile.Value), diagnostics);
            return document is null ? null : new DockerfileFile(document, ReadIgnore(build, texts, diagnostics));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            diagnostics.Add(Rules.DockerfileUnreadable.At(build.Dockerfile.Span, node.DisplayName, exception.Message));
            return null;
        }
    }

    /// <summary>The one beside the Dockerfile wins over the context's.</summary>
    private static string? ReadIgnore(BuildDefinition build, IReadOnlyDictionary<string, string> texts, DiagnosticBag diagnostics)
    {
        foreach (var context in build.AdditionalContexts.Select(context => context.Value.Value).Where(Path.IsPathRooted))
        {
            IgnoreFileReader.Check(ContextIgnoreFile(context), diagnostics);
        }

        string[] own = build.DockerfileInline is null ? [OwnIgnoreFile(build)] : [];
        foreach (var file in own.Append(ContextIgnoreFile(build.Context.Value)))
        {
            if ((texts.GetValueOrDefault(file) ?? IgnoreFileReader.Read(file)) is { } text)
            {
                IgnoreBackslashes.Check(file, text, diagnostics);
                return text;
            }

            IgnoreFileReader.Check(file, diagnostics);
        }

        return null;
    }

    public static string OwnIgnoreFile(BuildDefinition build) => build.Dockerfile.Value + ".dockerignore";

    public static string ContextIgnoreFile(string context) => Path.Join(context, IgnoreFileReader.Name);
}
