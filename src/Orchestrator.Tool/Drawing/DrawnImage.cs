namespace Orchestrator.Tool.Drawing;

/// <summary>An image in a drawing of its graph.</summary>
/// <param name="Name">The image's key in the graph.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Wave">From 0; later than those of its bases.</param>
/// <param name="Bases">Names of images; those that are not drawn are left out.</param>
internal sealed record DrawnImage(string Name, string Label, int Wave, IReadOnlyList<string> Bases)
{
    /// <summary>One of the page's classes; null for an image that nothing happened to.</summary>
    public string? State { get; init; }

    /// <summary>A second line; empty for none.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Where on the page there is more; null for nowhere.</summary>
    public string? Link { get; init; }
}
