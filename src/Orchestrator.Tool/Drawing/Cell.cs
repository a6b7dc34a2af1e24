namespace Orchestrator.Tool.Drawing;

/// <summary>What takes room in a column of a drawing: an image, or the lane in which the lines from one image pass the column by.</summary>
/// <param name="image">The image, or that from which the lines come.</param>
/// <param name="isLane">It is the lane.</param>
internal sealed class Cell(DrawnImage image, bool isLane)
{
    public DrawnImage Image => image;

    public bool IsLane => isLane;

    /// <summary>In the column before.</summary>
    public List<Cell> Left { get; } = [];

    /// <summary>In the column behind.</summary>
    public List<Cell> Right { get; } = [];

    /// <summary>Of its middle.</summary>
    public double Y { get; set; }

    public void LeadTo(Cell next)
    {
        if (!Right.Contains(next))
        {
            Right.Add(next);
            next.Left.Add(this);
        }
    }
}
