using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Graph.Reading;
using Orchestrator.Planning;

namespace Orchestrator.Fixing;

/// <summary>
/// Changes files so that sources which leave their context (<c>COPY ../shared</c>) are in it. Proposes edits of the texts that people wrote, and nothing else of them changes;
/// reads the result before anybody is shown it; an image is changed wholly or not at all. Writes nothing: see <see cref="FixWriter"/>.
/// </summary>
internal static class GraphFix
{
    /// <param name="options">How the graph was read.</param>
    /// <param name="isWanted">The images to change.</param>
    /// <param name="diagnostics">Receives what cannot be changed, at its place.</param>
    public static FixProposal Propose(ResolvedGraph graph, GraphOptions options, string platform, FixWay way, Func<ImageNode, bool> isWanted, DiagnosticBag diagnostics)
    {
        var sources = ContextEscapes.Of(graph).Where(source => isWanted(source.Image.Node)).ToList();
        var drafts = new FileDrafts();
        var images = way == FixWay.Overlay
            ? new OverlayFix(graph.Graph, GraphFormat.IsCompose(options) ? [options.File, .. options.Overlays] : [], drafts, diagnostics).Propose(sources)
            : new ContextFix(graph, drafts, diagnostics).Propose(sources);
        if (drafts.Changed.Count == 0)
        {
            return FixProposal.None;
        }

        if (new FixCheck(graph, options, platform, drafts.Texts, images).Fault() is { } fault)
        {
            diagnostics.Add(Rules.FixDoesNotHold.At(new SourceSpan(drafts.Changed[0].Path), fault));
            return FixProposal.None;
        }

        return new FixProposal(drafts.Changed, images);
    }
}
