namespace Orchestrator.Tool.Drawing;

/// <summary>A column of a drawing. A wave with many images has several.</summary>
/// <param name="Wave">From 0.</param>
/// <param name="Cells">From the top down.</param>
internal sealed record Column(int Wave, List<Cell> Cells)
{
    public double X { get; set; }

    public double Width { get; set; }
}
