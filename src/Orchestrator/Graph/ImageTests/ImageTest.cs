using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.ImageTests;

/// <summary>One entry of <c>test:</c>: what has to hold of an image that was built. No part of the image's key.</summary>
internal sealed record ImageTest
{
    /// <summary>As given, else what it runs. Need not be unique.</summary>
    public required string Name { get; init; }

    public required SourceSpan Span { get; init; }

    /// <summary>Null where nothing is run.</summary>
    public TestedCommand? Command { get; init; }

    /// <summary>Looked at when the command has ended.</summary>
    public IReadOnlyList<ExpectedFile> Files { get; init; } = [];

    /// <summary>Bytes that the image may have as the engine counts them; null is any number.</summary>
    public Located<long>? MaximumSize { get; init; }

    public bool NeedsContainer => Command is not null || Files.Count > 0;
}
