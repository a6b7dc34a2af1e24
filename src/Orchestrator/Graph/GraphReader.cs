using Orchestrator.Diagnostics;
using Orchestrator.Graph.Reading;

namespace Orchestrator.Graph;

/// <summary>
/// Reads <c>images.yml</c> or a Compose project: text → positioned tree (<c>Yaml/</c>) → variables put in (<c>Variables/</c>) → Compose's own
/// rules where it is a Compose file (<c>Compose/</c>) → keys checked against one table and nodes made (<c>Reading/</c>). Knows no Dockerfile's
/// content, no engine and no registry. Reports everything that is wrong with a file in one go, in the order of its lines.
/// </summary>
internal static class GraphReader
{
    /// <returns>Null when there are errors.</returns>
    public static ImageGraph? Read(GraphOptions options, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        var part = new GraphFileReader(options, found).Read();
        var graph = part is null ? null : GraphAssembly.Assemble(part, options.File, found);
        diagnostics.AddRange(found.Items
            .OrderBy(item => item.Span.File != options.File)
            .ThenBy(item => item.Span.File, StringComparer.Ordinal)
            .ThenBy(item => item.Span.Line)
            .ThenBy(item => item.Span.Column));
        return found.HasErrors ? null : graph;
    }
}
