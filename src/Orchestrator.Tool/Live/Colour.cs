namespace Orchestrator.Tool.Live;

/// <summary>What a colour says.</summary>
internal enum Colour
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Done.</summary>
    Good,

    /// <summary>Failed.</summary>
    Bad,

    /// <summary>Look at it.</summary>
    Warning,

    /// <summary>An image.</summary>
    Name,

    /// <summary>What matters in the line.</summary>
    Strong,

    /// <summary>What matters less.</summary>
    Dim,
}
