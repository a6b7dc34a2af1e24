namespace Orchestrator.Graph.ImageTests;

/// <summary>What has to stand at a path of the container, or that nothing does.</summary>
/// <param name="Path">Absolute.</param>
internal sealed record ExpectedFile(string Path)
{
    public bool IsAbsent { get; init; }

    /// <summary>Null is any. Only for a link is the link itself meant, and not what it points to.</summary>
    public ExpectedFileType? Type { get; init; }

    /// <summary>Permission bits; null is any.</summary>
    public int? Mode { get; init; }

    /// <summary>Null is any.</summary>
    public int? UserId { get; init; }

    /// <summary>Null is any.</summary>
    public int? GroupId { get; init; }

    public IReadOnlyList<ExpectedText> Content { get; init; } = [];
}
