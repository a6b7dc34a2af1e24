namespace Orchestrator.BuildKit.FileSync;

/// <summary>A place between two characters of a path.</summary>
/// <param name="Before"><see cref="None"/> at the beginning.</param>
/// <param name="After"><see cref="None"/> at the end.</param>
internal readonly record struct PatternPlace(int Before, int After)
{
    public const int None = -1;

    /// <summary>Whether a step that takes no character is done here; false for every other one.</summary>
    public bool Holds(PatternStepKind step) => step switch
    {
        PatternStepKind.WordBoundary => PatternEscape.IsWordBoundary(Before, After),
        PatternStepKind.NoWordBoundary => !PatternEscape.IsWordBoundary(Before, After),
        PatternStepKind.Beginning => Before == None,
        PatternStepKind.End => After == None,
        _ => false,
    };
}
