using Orchestrator.BuildKit.FileSync;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Graph;

namespace Orchestrator.Proposing;

/// <summary>A reference that a Dockerfile builds on: an image from outside, or one of this repository whose name is thus known.</summary>
/// <param name="Dockerfile">Absolute.</param>
internal sealed record BaseUse(ImageReference Reference, string Dockerfile, SourceSpan Span)
{
    /// <summary>Those of all stages that are needed, those of <c>scratch</c> and of the frontend left out.</summary>
    public static IEnumerable<BaseUse> Of(StageClosure closure, string dockerfile)
    {
        foreach (var use in closure.ExternalImages.Where(use => use.Kind is ImageUseKind.From or ImageUseKind.CopyFrom or ImageUseKind.MountFrom))
        {
            if (use.Reference.Value != LinkedStage.Scratch && ImageReference.TryParse(use.Reference.Value, out var reference))
            {
                yield return new BaseUse(reference, dockerfile, use.Reference.Span);
            }
        }
    }

    /// <summary>As a person would find it: <c>api/Dockerfile(3)</c>.</summary>
    public string Place(string root) => $"{PathText.Relative(root, Dockerfile)}({Span.Line})";
}
