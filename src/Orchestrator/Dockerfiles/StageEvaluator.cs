using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>
/// Walks stages in order and keeps the variables as BuildKit does: ARG and ENV write to one environment and the last one wins, a stage built from another
/// starts with all of the other's variables, and those of its image are set once more.
/// </summary>
internal sealed partial class StageEvaluator(DockerfileDocument document, DockerfileInputs inputs, GlobalScope globals, DiagnosticBag diagnostics)
{
    /// <summary>Arguments that BuildKit reads itself and never puts into the environment; those before the first FROM hold for every stage.</summary>
    public static readonly string[] NeverInEnvironment = ["BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"];

    private readonly Dictionary<int, VariableScope> _scopes = [];

    /// <summary>What ENV alone sets: the environment that an image of the stage has.</summary>
    private readonly Dictionary<int, VariableScope> _environments = [];

    /// <summary>The names that LABEL sets, in stages and in those that they start from.</summary>
    private readonly Dictionary<int, HashSet<string>> _labels = [];

    /// <summary>What is evaluated runs on some engines only.</summary>
    private bool _isDoubtful;

    public List<ImageUse> Images { get; } = [];

    public List<ContextUse> ContextUses { get; } = [];

    public List<RemoteUse> RemoteUses { get; } = [];

    public List<DeclaredArgument> Arguments { get; } = [];

    public List<Mount> Mounts { get; } = [];

    public bool NeedsBaseEnvironment { get; private set; }

    /// <summary>What an image of a stage contributes to those that are built from it.</summary>
    public BaseImage ImageOf(Stage stage) => _environments[stage.Index].ToImage(
        [.. stage.Instructions.Where(instruction => instruction.Trigger is not null).Select(instruction => instruction.Trigger!.Normalized)]);

    public IReadOnlySet<string> LabelsOf(Stage stage) => _labels[stage.Index];

    public void Evaluate(LinkedStage linked)
    {
        var environment = InitialEnvironment(linked);
        var scope = linked is { IsReplaced: false, BaseStage: { } starts } ? _scopes[starts].With(environment) : environment.Copy();
        _scopes[linked.Stage.Index] = scope;
        _environments[linked.Stage.Index] = environment;
        _labels[linked.Stage.Index] = linked is { IsReplaced: false, BaseStage: { } parent } ? [.. _labels[parent]] : [];
        if (linked.IsReplaced)
        {
            AddReplaced(linked);
            return;
        }

        foreach (var (place, instruction) in linked.Instructions.Index())
        {
            if (diagnostics.Errors > DockerfileReader.MostErrors)
            {
                return;
            }

            _isDoubtful = place < linked.DoubtfulTriggers;
            Evaluate(instruction, linked, scope);
        }
    }

    /// <summary>What the image has that a stage starts from.</summary>
    private VariableScope InitialEnvironment(LinkedStage linked)
    {
        if (linked.IsReplaced)
        {
            return VariableScope.Of(inputs.Base(linked.Stage.Name!, linked.Platform));
        }

        if (linked.BaseStage is { } parent)
        {
            return _environments[parent].Copy();
        }

        return VariableScope.Of(linked.IsFromImage ? inputs.Base(linked.Base.Value, linked.Platform) : BaseImage.Empty);
    }

    private void Evaluate(Instruction instruction, LinkedStage linked, VariableScope scope)
    {
        switch (instruction.Keyword)
        {
            case "ARG":
                Declare(instruction, linked.Stage, scope);
                break;
            case "ENV":
                SetEnvironment(instruction, scope, _environments[linked.Stage.Index]);
                break;
            case "COPY" or "ADD":
                Copy(instruction, linked, scope);
                break;
            case "RUN":
                Run(instruction, linked, scope);
                break;
            case "LABEL":
                _labels[linked.Stage.Index].UnionWith(ExpandPairs(instruction, scope).Select(pair => pair.Name.Text));
                break;
            case "WORKDIR" or "USER" or "VOLUME" or "STOPSIGNAL" or "EXPOSE":
                foreach (var argument in instruction.Arguments)
                {
                    Expand(argument, scope);
                }

                break;
        }
    }

    private void Declare(Instruction instruction, Stage stage, VariableScope scope)
    {
        foreach (var assignment in instruction.Assignments)
        {
            var name = assignment.Name.Value;
            var value = inputs.BuildArguments.GetValueOrDefault(name);
            var isCertain = !_isDoubtful;
            if (value is null && assignment.Value is { } written)
            {
                var expansion = Expand(written, scope);
                (value, isCertain) = (expansion.Text, isCertain && expansion.IsCertain);
            }

            value ??= globals.Find(name);
            if (value is not null && !NeverInEnvironment.Contains(name, StringComparer.Ordinal))
            {
                scope.Set(name, value, isCertain);
            }

            Arguments.Add(new DeclaredArgument(name, assignment.Value?.Value, value, stage, assignment.Name.Span));
            DeclareExpanded(assignment, stage, scope);
        }
    }

    /// <summary>
    /// The name that engines before 27 and frontends before 1.8 make of <c>ARG "NAME"</c> and <c>ARG ${A}_B</c>; later ones take it as it is written. Which one
    /// reads the Dockerfile is not known here, so both names are declared, and what this one stands for is uncertain.
    /// </summary>
    private void DeclareExpanded(Assignment assignment, Stage stage, VariableScope scope)
    {
        var name = scope.Expand(assignment.Name.Value, document.EscapeToken).Text;
        if (name == assignment.Name.Value || name.Length == 0)
        {
            return;
        }

        var value = inputs.BuildArguments.GetValueOrDefault(name) ?? globals.Find(name);
        Arguments.Add(new DeclaredArgument(name, assignment.Value?.Value, value, stage, assignment.Name.Span));
        scope.Set(name, value ?? "", isCertain: false);
    }

    private void SetEnvironment(Instruction instruction, VariableScope scope, VariableScope environment)
    {
        // All of them see the variables as they were before this instruction.
        foreach (var (name, value) in ExpandPairs(instruction, scope))
        {
            var isCertain = name.IsCertain && value.IsCertain && !_isDoubtful;
            scope.Set(name.Text, value.Text, isCertain);
            environment.Set(name.Text, value.Text, isCertain);
            NeedsBaseEnvironment |= !name.IsCertain;
        }
    }

    private List<(Expansion Name, Expansion Value)> ExpandPairs(Instruction instruction, VariableScope scope) =>
        [.. instruction.Assignments.Select(assignment => (Expand(assignment.Name, scope), Expand(assignment.Value!, scope)))];

    private Expansion Expand(Located<string> text, VariableScope scope, HashSet<string>? used = null)
    {
        var expansion = scope.Expand(text.Value, document.EscapeToken, used);
        if (expansion.Error is { } error)
        {
            diagnostics.Add(Rules.CannotExpand.At(text.Span, text.Value, error.Message));
        }

        return expansion;
    }
}
