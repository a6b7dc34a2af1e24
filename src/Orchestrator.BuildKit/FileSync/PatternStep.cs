using System.Text;

namespace Orchestrator.BuildKit.FileSync;

/// <summary>One step of a <see cref="PatternProgram"/>.</summary>
internal sealed record PatternStep(PatternStepKind Kind)
{
    /// <summary>Of <see cref="PatternStepKind.Character"/>.</summary>
    public Rune Character { get; init; }

    /// <summary>Of <see cref="PatternStepKind.Class"/>.</summary>
    public PatternClass? Class { get; init; }
}
