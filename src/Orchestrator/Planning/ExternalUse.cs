using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>An image from outside the graph that an image is built from.</summary>
/// <param name="Reference">The reference as written, arguments expanded.</param>
/// <param name="Source">Where it really comes from: mapped by <c>sources</c>, else the reference itself.</param>
/// <param name="Span">Where it is used.</param>
internal sealed record ExternalUse(string Reference, ImageReference Source, SourceSpan Span)
{
    /// <summary>Of an image for the engine: it is taken for another platform than the build's own.</summary>
    public bool IsOtherPlatform { get; init; }

    /// <summary>Of an image for given platforms: the one that it is taken for; null is the engine's own.</summary>
    public string? Platform { get; init; }

    /// <summary>The graph's <c>sources</c> put something else in its place.</summary>
    public bool IsMapped => ImageReference.TryParse(Reference, out var written) && written != Source;

    /// <summary>It reads the Dockerfile (<c># syntax</c>); nothing of it comes into the image by itself.</summary>
    public bool IsFrontend { get; init; }
}
