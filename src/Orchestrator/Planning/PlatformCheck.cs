using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>Finds what cannot hold for all platforms of an image.</summary>
internal sealed class PlatformCheck(DiagnosticBag diagnostics)
{
    /// <summary>A base of the graph has to be built for what it is taken for.</summary>
    /// <param name="node">The image.</param>
    /// <param name="found">Its base.</param>
    /// <param name="built">What the base is built for.</param>
    /// <param name="taken">What it is taken for.</param>
    /// <param name="span">Where it is used.</param>
    public void Base(ImageNode node, ImageNode found, IReadOnlyList<string> built, IReadOnlyList<string> taken, SourceSpan span)
    {
        foreach (var missing in taken.Where(platform => !built.Contains(platform)))
        {
            var place = found.Build.Platforms is [var first, ..] ? first.Span : found.Span;
            var said = node.Build.Platforms.FirstOrDefault(platform => platform.Value == missing)?.Span ?? span;
            diagnostics.Add(Rules.BaseLacksPlatform.At(said, node.DisplayName, found.DisplayName, missing, string.Join(", ", built), $"{Path.GetFileName(place.File)}:{place.Line}", $"{Path.GetFileName(span.File)}:{span.Line}"));
        }
    }

    /// <summary>
    /// Where a base has the name of a stage, its token is rewritten in the Dockerfile that is served, which all platforms share: it has to be one base for all of them.
    /// </summary>
    public void StageNames(ImageNode node, DockerfileDocument document, IReadOnlyList<PlatformClosure> evaluations)
    {
        var stages = document.Stages.Select(stage => stage.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var links in evaluations.SelectMany(evaluation => evaluation.Closure.Links).Where(link => !link.IsReplaced).GroupBy(link => link.Stage.Index))
        {
            var isOne = links.Select(link => link.Base.Value).Distinct(StringComparer.Ordinal).Count() == 1;
            if (!isOne && links.FirstOrDefault(link => link.IsFromImage && stages.Contains(ContextPaths.Familiar(link.Base.Value))) is { } named)
            {
                diagnostics.Add(Rules.StageNamedAsBase.At(named.Base.Span, node.DisplayName, named.Base.Value));
            }
        }
    }
}
