using Orchestrator.Diagnostics;

namespace Orchestrator.Planning;

/// <summary>
/// Something from outside that an image takes in under a name that may mean other content tomorrow. A key covers what is known of it: an external
/// image's content as the engine has it, a remote source's address only.
/// </summary>
/// <param name="Reference">As written, arguments expanded, without what is private of an address.</param>
/// <param name="IsContentKnown">Whether the content that it means now is part of the key.</param>
/// <param name="Span">Where it is used.</param>
internal sealed record FloatingReference(string Reference, bool IsContentKnown, SourceSpan Span)
{
    /// <summary>External images without a digest, files without a checksum, repositories without a commit; each once.</summary>
    /// <param name="image">The image.</param>
    /// <param name="locked">What a lock pins.</param>
    public static IReadOnlyList<FloatingReference> Of(ResolvedImage image, LockedSources locked)
    {
        var images = image.Externals.Where(use => use.Source.Digest is null && !locked.Images.Contains(use.Source)).Select(use => new FloatingReference(use.Source.Familiar, true, use.Span));
        var remotes = image.Closure.RemoteUses.Where(use => !use.IsPinned && !locked.Remotes.Contains(use.Source)).Select(use => new FloatingReference($"{use.Source}", false, use.Url.Span));
        var frontend = image.Frontend is { Source: { Digest: null } source } use && !locked.Images.Contains(source) && !image.Externals.Any(external => external.Source == source)
            ? [new FloatingReference(source.Familiar, false, use.Span)] : Array.Empty<FloatingReference>();
        return [.. images.Concat(frontend).Concat(remotes).DistinctBy(reference => reference.Reference)];
    }
}
