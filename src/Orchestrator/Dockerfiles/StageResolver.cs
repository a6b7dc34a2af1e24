using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Dockerfiles;

/// <summary>Evaluates a Dockerfile for one target: what is reachable from it, and what that takes in from outside.</summary>
internal static class StageResolver
{
    /// <summary>The argument that says which frontend reads the Dockerfile; it wins over the directive.</summary>
    public const string SyntaxArgument = "BUILDKIT_SYNTAX";

    /// <summary>Null when there is no such target, or anything else stands in the way; that was reported.</summary>
    public static StageClosure? Resolve(DockerfileDocument document, DockerfileInputs inputs, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        var closure = ResolveInto(document, inputs, found);
        diagnostics.AddRange(found.Items);
        return found.HasErrors ? null : closure;
    }

    private static StageClosure? ResolveInto(DockerfileDocument document, DockerfileInputs inputs, DiagnosticBag diagnostics)
    {
        var globals = new GlobalScope(document, inputs, diagnostics);
        var linked = StageLinker.Link(document, inputs, globals, diagnostics);
        if (FindTarget(document, inputs, diagnostics) is not { } target || diagnostics.HasErrors)
        {
            return null;
        }

        var reach = StageReach.Find(linked, target.Index, diagnostics);
        var images = new List<ImageUse>(SyntaxUse(document, inputs));
        var evaluator = Evaluate(document, inputs, globals, reach.Needed, images, diagnostics);
        if (diagnostics.HasErrors)
        {
            return null;
        }

        // Whoever starts from another stage sees its variables, needed or not; what is needed was told already.
        var all = new List<ImageUse>();
        var again = new DiagnosticBag();
        var looking = reach.Idle.Count == 0 ? evaluator : Evaluate(document, inputs, globals, reach.All, all, again);
        diagnostics.AddRange(again.Items.Where(_ => again.HasErrors));
        if (again.HasErrors)
        {
            return null;
        }

        var idle = reach.Idle.Select(stage => stage.Stage.Index).ToHashSet();
        return new StageClosure
        {
            Target = target,
            Stages = [.. reach.Needed.Where(stage => !stage.IsReplaced).Select(stage => stage.Stage)],
            Links = reach.Needed,
            Image = evaluator.ImageOf(target),
            Labels = evaluator.LabelsOf(target),
            ExternalImages = [.. images, .. evaluator.Images, .. all.Concat(looking.Images).Where(use => idle.Contains(use.Stage!.Index))],
            ContextUses = evaluator.ContextUses,
            RemoteUses = evaluator.RemoteUses,
            Arguments = [.. globals.Select(reach.Needed.SelectMany(stage => stage.UsedArguments).Concat(StageEvaluator.NeverInEnvironment)), .. evaluator.Arguments],
            Mounts = evaluator.Mounts,
            BaseTriggers = [.. reach.Needed.SelectMany(stage => stage.BaseTriggers)],
            NeedsBaseEnvironment = looking.NeedsBaseEnvironment,
            Idle = idle.Count == 0 ? IdleUses.None : new IdleUses(
                [.. looking.ContextUses.Where(use => idle.Contains(use.Stage.Index))], [.. looking.RemoteUses.Where(use => idle.Contains(use.Stage.Index))], looking.Mounts),
        };
    }

    private static StageEvaluator Evaluate(
        DockerfileDocument document, DockerfileInputs inputs, GlobalScope globals, IReadOnlyList<LinkedStage> stages, List<ImageUse> images, DiagnosticBag diagnostics)
    {
        var evaluator = new StageEvaluator(document, inputs, globals, diagnostics);
        foreach (var stage in stages.TakeWhile(_ => diagnostics.Errors <= DockerfileReader.MostErrors))
        {
            AddBase(stage, document, images, diagnostics);
            evaluator.Evaluate(stage);
        }

        foreach (var image in evaluator.Images)
        {
            CheckReference(image, image.Reference.Value, document, diagnostics);
        }

        return evaluator;
    }

    private static Stage? FindTarget(DockerfileDocument document, DockerfileInputs inputs, DiagnosticBag diagnostics)
    {
        var target = inputs.Target;
        if (string.IsNullOrEmpty(target))
        {
            return document.Stages[^1];
        }

        if (document.Stages.LastOrDefault(stage => target.Equals(stage.Name, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        var place = inputs.TargetPlace ?? new SourceSpan(document.Path, 1, 1);
        diagnostics.Add(int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? Rules.NumberAsTarget.At(place, target)
            : Rules.UnknownTarget.At(place, target, Elsewhere(document, place), Others(document, target)));
        return null;
    }

    /// <summary>Which Dockerfile is meant, where another file says what to build of it.</summary>
    private static string Elsewhere(DockerfileDocument document, SourceSpan place) =>
        place.File == document.Path ? "" : $" in '{(Path.GetDirectoryName(place.File) is { Length: > 0 } folder ? Path.GetRelativePath(folder, document.Path) : document.Path)}'";

    private static string Others(DockerfileDocument document, string target)
    {
        var names = document.Stages.Select(stage => stage.Name).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return Suggestion.For(target, names) is { Length: > 0 } suggestion ? suggestion : names.Count == 0 ? " No stage has a name." : $" There is {string.Join(", ", names.Select(name => $"'{name}'"))}.";
    }

    private static IEnumerable<ImageUse> SyntaxUse(DockerfileDocument document, DockerfileInputs inputs)
    {
        if (inputs.BuildArguments.TryGetValue(SyntaxArgument, out var given))
        {
            yield return new ImageUse(ImageUseKind.Syntax, new Located<string>(given.Split(' ')[0], new SourceSpan(document.Path)), null);
        }
        else if (document.FindDirective(Directive.Syntax) is { } directive)
        {
            yield return new ImageUse(ImageUseKind.Syntax, new Located<string>(directive.FirstWord, directive.Span), null);
        }
    }

    private static void AddBase(LinkedStage stage, DockerfileDocument document, List<ImageUse> images, DiagnosticBag diagnostics)
    {
        if (stage.IsReplaced)
        {
            images.Add(new ImageUse(ImageUseKind.StageReplacement, new Located<string>(stage.Stage.Name!, stage.Stage.From.Span), stage.Stage) { Platform = stage.Platform });
        }
        else if (stage.IsFromImage)
        {
            var image = new ImageUse(ImageUseKind.From, stage.Base, stage.Stage) { Platform = stage.Platform, Range = stage.Stage.BaseRange };
            CheckReference(image, stage.Stage.BaseName, document, diagnostics);
            images.Add(image);
        }
    }

    private static void CheckReference(ImageUse image, string written, DockerfileDocument document, DiagnosticBag diagnostics)
    {
        var reference = image.Reference.Value;
        if (ImageReference.TryParse(reference, out _))
        {
            return;
        }

        var origin = written == reference ? "" : $", which '{written}' expands to";
        var names = document.Stages.Take(image.Stage!.Index).Select(stage => stage.Name).OfType<string>();
        diagnostics.Add(Rules.BadReference.At(image.Reference.Span, reference, origin, Suggestion.For(reference, names)));
    }
}
