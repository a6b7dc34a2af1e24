using Orchestrator.BuildKit.FileSync;
using Orchestrator.Diagnostics;
using Orchestrator.Graph.Reading;
using Orchestrator.Planning;

namespace Orchestrator.Fixing;

/// <summary>Builds in the nearest folder that holds all that a Dockerfile takes, and rewrites its sources: a Dockerfile at a time, with all images that are built from it.</summary>
internal sealed class ContextFix(ResolvedGraph graph, FileDrafts drafts, DiagnosticBag diagnostics)
{
    private readonly RepositoryPaths _links = new(graph.Graph.Root, graph.Graph.Root, null, AllowOutside: true, diagnostics);

    /// <returns>The names of the images that will be whole.</returns>
    public IReadOnlyList<string> Propose(IEnumerable<EscapingSource> sources)
    {
        var fixedImages = new List<string>();
        var files = graph.Images.ToLookup(FileOf, StringComparer.Ordinal);
        foreach (var group in sources.GroupBy(source => FileOf(source.Image), StringComparer.Ordinal))
        {
            var images = files[group.Key].Where(image => image.Node.Build.DockerfileInline is null).ToList();
            var before = diagnostics.Items.Count;
            if (Edits([.. group], images) is var (edits, ignore) && diagnostics.Items.Count == before)
            {
                drafts.Add(edits);
                if (ignore is not null)
                {
                    drafts.Add(ignore);
                }

                fixedImages.AddRange(images.Select(image => image.Name));
            }
        }

        return fixedImages;
    }

    /// <summary>The file that a Dockerfile is, whatever links lead to it; one that is written into a graph file belongs to its image alone.</summary>
    private string FileOf(ResolvedImage image) => image.Node.Build.DockerfileInline is null ? _links.Resolve(image.Node.Build.Dockerfile.Value) : $"{image.Node.Build.Dockerfile.Value} of {image.Name}";

    private (IReadOnlyList<FileEdit> Edits, FileDraft? Ignore)? Edits(List<EscapingSource> sources, List<ResolvedImage> images)
    {
        if (Obstacle(sources, images) is { } obstacle)
        {
            diagnostics.Add(obstacle);
            return null;
        }

        var build = images[0].Node.Build;
        var move = new ContextMove(build, graph.Graph.Root, ContextMove.CommonFolder(build.Context.Value, sources.Select(source => source.Real!)));
        var values = images.SelectMany(image => image.Closure.ContextUses.Where(use => use.From is null)).SelectMany(use => use.Sources.Select(source => (source.Span, use))).ToLookup(pair => pair.Span, pair => pair.use);
        var dockerfile = drafts.Open(build.Dockerfile.Value);
        var rewritten = new DockerfileRewrite(dockerfile, move, values).Edits(images[0].Document, out var problem);
        var ignore = IgnoreMove.Draft(move, out var unmovable);
        if ((problem ?? unmovable) is { } refused)
        {
            diagnostics.Add(refused);
            return null;
        }

        return Declarations(images, move) is { } declarations ? ([.. declarations, .. rewritten!.Select(edit => new FileEdit(dockerfile.Path, edit))], ignore) : null;
    }

    private Diagnostic? Obstacle(List<EscapingSource> sources, List<ResolvedImage> images)
    {
        if (sources.Find(source => source.Real is null) is { } unknown)
        {
            return unknown.ToDiagnostic(graph.Graph);
        }

        if (sources.Find(source => !ContextMove.IsIn(source.Real!, graph.Graph.Root)) is { } outside)
        {
            return Rules.SourceOutsideRepository.At(outside.Source.Span, outside.Source.Value, outside.Real!, graph.Graph.Root);
        }

        var first = sources[0];
        if (images.Count == 0)
        {
            return Rules.SourceNotRewritable.At(first.Source.Span, first.Source.Value, "the Dockerfile is written in another file");
        }

        var contexts = images.Select(image => image.Node.Build.Context.Value).Distinct(StringComparer.Ordinal).ToList();
        if (contexts.Count > 1)
        {
            var named = contexts.Select(context => PathText.Relative(graph.Graph.Root, context));
            return Rules.DockerfileOfSeveralContexts.At(new SourceSpan(images[0].Node.Build.Dockerfile.Value, first.Source.Span.Line, first.Source.Span.Column), Path.GetFileName(images[0].Node.Build.Dockerfile.Value), string.Join(", ", named));
        }

        if (images.SelectMany(image => image.Node.Build.Overlay).FirstOrDefault() is { Key: not null } overlay)
        {
            return Rules.SourceNotRewritable.At(first.Source.Span, first.Source.Value, $"its images have an overlay, which is relative to the context they have ({overlay.Value.Span})");
        }

        var foreign = images.SelectMany(image => image.Closure.ContextUses).FirstOrDefault(use => use.From is null && images.Exists(image => image.Closure.BaseTriggers.Contains(use.Instruction)));
        return foreign is null ? null : Rules.SourceNotRewritable.At(foreign.Instruction.Span, foreign.Instruction.Normalized, "a base's ONBUILD takes it from the context of what is built here");
    }

    /// <returns>Null when one of the places cannot be edited; that was reported.</returns>
    private List<FileEdit>? Declarations(List<ResolvedImage> images, ContextMove move)
    {
        var edits = new List<FileEdit>();
        foreach (var group in images.SelectMany(image => image.Node.Declarations).GroupBy(node => node.Build.Context.Span))
        {
            var nodes = group.ToList();
            if (new ContextDeclaration(drafts, move).Edits(group.Key, nodes, out var reason) is { } found)
            {
                edits.AddRange(found);
                continue;
            }

            var context = PathText.Relative(Path.GetDirectoryName(group.Key.File)!, move.To);
            diagnostics.Add(Rules.FixNotHere.At(group.Key, nodes[0].Entry, reason, $"context: {context}, dockerfile: {PathText.Relative(move.To, move.Build.Dockerfile.Value)}"));
            return null;
        }

        return edits;
    }
}
