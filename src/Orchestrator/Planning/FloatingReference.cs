using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>
/// Something from outside that an image takes in under a name that may mean other content tomorrow. A key covers what is known of it: an external
/// image's content as the engine has it, a remote source's address only.
/// </summary>
/// <param name="Reference">As written, arguments expanded.</param>
/// <param name="IsContentKnown">Whether the content that it means now is part of the key.</param>
/// <param name="Span">Where it is used.</param>
internal sealed partial record FloatingReference(string Reference, bool IsContentKnown, SourceSpan Span)
{
    /// <summary>External images without a digest, files without a checksum, repositories without a commit; each once.</summary>
    /// <param name="image">The image.</param>
    /// <param name="locked">External images that a lock pins.</param>
    public static IReadOnlyList<FloatingReference> Of(ResolvedImage image, IReadOnlySet<ImageReference> locked)
    {
        var images = image.Externals.Where(use => use.Source.Digest is null && !locked.Contains(use.Source)).Select(use => new FloatingReference(use.Source.Familiar, true, use.Span));
        var remotes = image.Closure.RemoteUses.Where(use => use.Checksum is null && !IsCommit(use)).Select(use => new FloatingReference(use.Url.Value, false, use.Url.Span));
        var frontend = image.Frontend is { Source: { Digest: null } source } use && !locked.Contains(source) && !image.Externals.Any(external => external.Source == source)
            ? [new FloatingReference(source.Familiar, false, use.Span)] : Array.Empty<FloatingReference>();
        return [.. images.Concat(frontend).Concat(remotes).DistinctBy(reference => reference.Reference)];
    }

    private static bool IsCommit(RemoteUse use) => use.Kind == RemoteKind.Git && CommitFragment().IsMatch(use.Url.Value);

    /// <summary>A whole object name, SHA-1 or SHA-256, before the sub-folder: <c>#&lt;commit&gt;:folder</c>.</summary>
    [GeneratedRegex("#([0-9a-f]{40}|[0-9a-f]{64})(:|$)", RegexOptions.CultureInvariant)]
    private static partial Regex CommitFragment();
}
