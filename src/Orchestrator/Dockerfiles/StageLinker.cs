using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Dockerfiles;

/// <summary>
/// Resolves which stage means which. The rules differ by place, as in BuildKit: FROM sees the nearest stage of that very name above; COPY --from and
/// mounts see the last stage of the name in any case, which must then be above (see <see cref="StageReach"/>); only COPY --from takes numbers.
/// </summary>
internal sealed class StageLinker
{
    /// <summary>Stages for which BuildKit does not look for a named context.</summary>
    private static readonly string[] NeverReplaced = ["context", LinkedStage.Scratch];

    private readonly DockerfileDocument _document;
    private readonly DockerfileInputs _inputs;
    private readonly GlobalScope _globals;
    private readonly DiagnosticBag _diagnostics;
    private readonly Dictionary<string, int> _stagesByName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<LinkedStage> _linked = [];

    private StageLinker(DockerfileDocument document, DockerfileInputs inputs, GlobalScope globals, DiagnosticBag diagnostics)
    {
        _document = document;
        _inputs = inputs;
        _globals = globals;
        _diagnostics = diagnostics;
    }

    public static IReadOnlyList<LinkedStage> Link(DockerfileDocument document, DockerfileInputs inputs, GlobalScope globals, DiagnosticBag diagnostics)
    {
        var linker = new StageLinker(document, inputs, globals, diagnostics);
        foreach (var stage in document.Stages)
        {
            linker.LinkBase(stage);
        }

        return [.. linker._linked.Select(stage => diagnostics.Errors > DockerfileReader.MostErrors ? stage : linker.LinkSources(stage))];
    }

    private void LinkBase(Stage stage)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var name = Expand(stage.Base, used);
        if (name is { Length: 0 })
        {
            _diagnostics.Add(Rules.BlankBase.At(stage.Base.Span, stage.BaseName));
        }

        var platformFlag = stage.From.FindFlag("platform");
        var platform = platformFlag is null || platformFlag.Value.Length == 0 ? null : Expand(new Located<string>(platformFlag.Value, platformFlag.Span), used);
        if (platform is { Length: 0 })
        {
            _diagnostics.Add(Rules.BlankPlatform.At(platformFlag!.Span, platformFlag.Value));
        }
        else if (platform is not null && PlatformName.Parse(platform, _inputs.BuildPlatform) is null)
        {
            _diagnostics.Add(Rules.BadPlatform.At(platformFlag!.Span, platform, platform == platformFlag.Value ? "" : $", which '{platformFlag.Value}' expands to"));
        }

        var isReplaced = stage.Name is not null && !NeverReplaced.Contains(stage.Name, StringComparer.OrdinalIgnoreCase) && _inputs.NamedContexts.Contains(stage.Name);
        var baseStage = FindBaseStage(name ?? "");
        var parent = baseStage is { } place ? _linked[place] : null;
        var triggers = isReplaced || parent is { IsReplaced: false } ? [] : ReadBaseTriggers(stage, parent is null ? _inputs.Base(name ?? "", platform) : _inputs.Base(parent.Stage.Name!, parent.Platform));
        var inherited = isReplaced || parent is null ? [] : StageTriggers(parent.Stage).ToList();
        var expanded = stage.Base with { Value = name ?? "" };
        _linked.Add(new LinkedStage(stage, expanded, baseStage, platform, [.. triggers, .. inherited, .. stage.Instructions], new Dictionary<Flag, int>(), used)
        {
            BaseTriggers = triggers,
            DoubtfulTriggers = parent is { IsReplaced: true } ? triggers.Count + inherited.Count : 0,
            IsReplaced = isReplaced,
        });
        if (stage.Name is not null)
        {
            _stagesByName[stage.Name] = stage.Index;
        }
    }

    /// <summary>BuildKit stores names in lower case and compares a base as written, so <c>FROM Base</c> never means a stage.</summary>
    private int? FindBaseStage(string name) =>
        _stagesByName.TryGetValue(name, out var index) && _document.Stages[index].Name == name ? index : null;

    private List<Instruction> ReadBaseTriggers(Stage stage, BaseImage? image)
    {
        var triggers = new List<Instruction>();
        foreach (var text in image?.Triggers ?? [])
        {
            if (DockerfileReader.ReadTrigger(text, stage.Base.Span, _diagnostics) is { } trigger)
            {
                triggers.Add(trigger);
            }
        }

        return triggers;
    }

    /// <summary>
    /// BuildKit runs the triggers of a stage in stages built from it. It parses their text anew, with the default escape token.
    /// </summary>
    private IEnumerable<Instruction> StageTriggers(Stage parent)
    {
        foreach (var trigger in parent.Instructions.Select(instruction => instruction.Trigger).OfType<Instruction>())
        {
            var read = _document.EscapeToken == '\\' ? trigger : DockerfileReader.ReadTrigger(trigger.Normalized, trigger.Span, _diagnostics);
            if (read is not null)
            {
                yield return read;
            }
        }
    }

    private LinkedStage LinkSources(LinkedStage linked)
    {
        var sources = new Dictionary<Flag, int>(ReferenceEqualityComparer.Instance);
        var later = new List<LaterReference>();
        var own = linked.Instructions.Count - linked.Stage.Instructions.Count;
        foreach (var (place, instruction) in linked.Instructions.Index())
        {
            foreach (var flag in instruction.Flags)
            {
                var source = (instruction.Keyword, flag.Name) switch
                {
                    ("COPY", "from") => FindCopySource(flag),
                    ("RUN", "mount") => FindStage(Mount.FindFrom(flag) ?? (Mount.MayBeCache(flag) ? LinkedStage.Scratch : null)),
                    _ => null,
                };
                if (source is not { } index)
                {
                    continue;
                }

                sources[flag] = index;
                if (index >= linked.Stage.Index)
                {
                    later.Add(new LaterReference(index, IsTrigger: place < own, LaterFault(flag)));
                }
            }
        }

        return linked with { Sources = sources, LaterReferences = later };
    }

    private int? FindCopySource(Flag flag)
    {
        var expansion = WordExpander.Expand(flag.Value, _document.EscapeToken, _ => null);
        if (expansion.Error is not null || expansion.Text != flag.Value)
        {
            _diagnostics.Add(Rules.VariableInFrom.At(flag.Span, flag.Value));
            return null;
        }

        if (Number(flag) is not { } number)
        {
            return FindStage(flag.Value);
        }

        if (number >= 0 && number < _linked.Count)
        {
            return number;
        }

        _diagnostics.Add(Rules.NoSuchStageNumber.At(flag.Span, number));
        return null;
    }

    private int? FindStage(string? name) => name is not null && _stagesByName.TryGetValue(name, out var index) ? index : null;

    private static int? Number(Flag flag) => int.TryParse(flag.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Diagnostic LaterFault(Flag flag) => flag.Name == "mount" ? Rules.LaterStage.At(flag.Span, Mount.FindFrom(flag) ?? LinkedStage.Scratch)
        : Number(flag) is { } number ? Rules.NoSuchStageNumber.At(flag.Span, number)
        : Rules.LaterStage.At(flag.Span, flag.Value);

    private string? Expand(Located<string> text, HashSet<string> used)
    {
        var expansion = _globals.Expand(text.Value, used);
        if (expansion.Error is { } error)
        {
            _diagnostics.Add(Rules.CannotExpand.At(text.Span, text.Value, error.Message));
            return null;
        }

        return expansion.Text;
    }
}
