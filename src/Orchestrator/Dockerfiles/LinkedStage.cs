using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>A stage whose FROM is expanded and whose references to other stages are resolved.</summary>
/// <param name="Base">The base, expanded.</param>
/// <param name="BaseStage">The stage that the base names; null for an image and for <c>scratch</c>.</param>
/// <param name="Instructions">Triggers of the base first, then the stage's own.</param>
/// <param name="Sources">The stages that are copied or mounted from, by the flag that names them; of a replaced stage too, which BuildKit looks at nevertheless.</param>
/// <param name="UsedArguments">The global names that FROM looked at.</param>
internal sealed record LinkedStage(
    Stage Stage,
    Located<string> Base,
    int? BaseStage,
    string? Platform,
    IReadOnlyList<Instruction> Instructions,
    IReadOnlyDictionary<Flag, int> Sources,
    IReadOnlySet<string> UsedArguments)
{
    public const string Scratch = "scratch";

    /// <summary>The triggers of the base image, which are in no Dockerfile at hand.</summary>
    public IReadOnlyList<Instruction> BaseTriggers { get; init; } = [];

    /// <summary>
    /// How many of the first instructions only some engines run: the triggers behind a replaced stage. Those before 28 run what the replacing image says, later ones what
    /// the stage itself says.
    /// </summary>
    public int DoubtfulTriggers { get; init; }

    /// <summary>References to this stage or later ones.</summary>
    public IReadOnlyList<LaterReference> LaterReferences { get; init; } = [];

    /// <summary>A named context stands in for this stage.</summary>
    public bool IsReplaced { get; init; }

    public bool IsFromImage => !IsReplaced && BaseStage is null && Base.Value != Scratch;
}
