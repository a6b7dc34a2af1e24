using Orchestrator.BuildKit.FileSync;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;

namespace Orchestrator.Proposing;

/// <summary>A Dockerfile that may become an image, read as the build would read it.</summary>
/// <param name="Path">Relative to the repository.</param>
/// <param name="Documented">How it is built, if a document says so.</param>
internal sealed record FoundDockerfile(string Path, DocumentedBuild? Documented, StageClosure Closure)
{
    /// <summary>Lines of documents that build it as it cannot be built, each with what is wrong.</summary>
    public IReadOnlyList<string> Stale { get; init; } = [];

    public string Folder => PathText.Parent(Path);

    public string Variant => DockerfileName.Variant(System.IO.Path.GetFileName(Path));

    /// <returns>Null when it is not usable; that was reported.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static FoundDockerfile? Read(string root, string path, DocumentedBuild? documented, string platform, DiagnosticBag diagnostics)
    {
        var file = System.IO.Path.Join(root, path);
        if (DockerfileReader.Read(file, File.ReadAllBytes(file), diagnostics) is not { } document || diagnostics.HasErrors)
        {
            return null;
        }

        var arguments = (documented?.Arguments ?? []).DistinctBy(argument => argument.Key).ToDictionary(StringComparer.Ordinal);
        return StageResolver.Resolve(document, new DockerfileInputs(arguments, platform, platform, documented?.Target), diagnostics) is { } closure
            ? new FoundDockerfile(path, documented, closure) : null;
    }
}
