using Orchestrator.BuildKit.FileSync;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;

namespace Orchestrator.Planning;

/// <summary>A source that leaves its context, where no build will find it.</summary>
/// <param name="Source">As written, variables expanded.</param>
/// <param name="Inside">Where BuildKit looks for it: a clean path in the context.</param>
/// <param name="Real">What was meant: the absolute path of something that is there and ends with <paramref name="Inside"/>; null when there is no such thing.</param>
internal sealed record EscapingSource(ResolvedImage Image, Located<string> Source, string Inside, string? Real)
{
    public Diagnostic ToDiagnostic(ImageGraph graph)
    {
        var context = Image.Node.Build.Context.Value;
        if (Real is null)
        {
            return Rules.SourceLeavesContextUnknown.At(Source.Span, Source.Value, context, Inside);
        }

        var file = Path.GetDirectoryName(graph.File)!;
        var top = Inside.Split('/')[0];
        var shared = Real[..^Inside.Length] + top;
        var below = Path.GetDirectoryName(shared)!;
        var dockerfile = PathText.Relative(below, Image.Node.Build.Dockerfile.Value);
        return Rules.SourceLeavesContext.At(Source.Span, Source.Value, context, Inside, PathText.Relative(file, Real), Image.Node.Name, top, PathText.Relative(file, shared), PathText.Relative(file, below), dockerfile);
    }
}
