using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>Whether the engine has an image with a key.</summary>
/// <param name="ImageId">Null: it has not.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Names">All names of the image.</param>
/// <param name="Reason">Why there is none, in words.</param>
/// <param name="Trouble">What is told when the key tag is there and proves nothing; null where there is nothing to tell.</param>
internal sealed record FoundImage(string? ImageId, long Size, IReadOnlyList<ImageReference> Names, string Reason, Rule? Trouble)
{
    /// <summary>Which builds of its bases it was built on; null when it does not say.</summary>
    public string? BasesDigest { get; init; }

    /// <summary>The same, by content.</summary>
    public string? BasesContent { get; init; }

    public static FoundImage None(string reason) => new(null, 0, [], reason, null);
}
