using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Graph.TagTemplates;

namespace Orchestrator.Tagging;

/// <summary>
/// The texts that are not a branch's to take: what reads as a version, and what another template of the same repository gives for this release or any other. A
/// branch <c>1.4</c> beside <c>{major}.{minor}</c> would give that tag to what was never released.
/// </summary>
internal sealed class VersionTexts(ImageGraph graph)
{
    private const string Number = "[0-9]+";
    private const string Hash = "[0-9a-f]{4,64}(-dirty)?";
    private const string Identifiers = "[0-9A-Za-z.-]+";
    private const string Version = $@"{Number}\.{Number}\.{Number}(\.{Number})?(-{Identifiers})?";

    private readonly Lazy<ILookup<string, Regex>> _others = new(() => graph.Images
        .SelectMany(node => node.Publications.SelectMany(publication => publication.Templates
            .Where(template => !template.Uses(TagPlaceholder.Branch))
            .Select(template => (Name: PublishedName.Of(graph, node, publication.Name, new DiagnosticBag()), Pattern: Pattern(template, node)))))
        .Where(other => other.Name is not null)
        .ToLookup(other => other.Name!, other => other.Pattern, StringComparer.Ordinal));

    /// <param name="name">Registry and repository.</param>
    public bool Include(string name, string tag) => TagVersion.IsNamedBy(tag) || _others.Value[name].Any(other => other.IsMatch(tag));

    private static Regex Pattern(TagTemplate template, ImageNode node) =>
        new($@"\A{string.Concat(template.Pieces.Select(piece => Pattern(piece, node)))}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static string Pattern(TagPiece piece, ImageNode node) => piece.Placeholder switch
    {
        null => Regex.Escape(piece.Text),
        TagPlaceholder.Version => Version,
        TagPlaceholder.Major or TagPlaceholder.Minor or TagPlaceholder.Patch => Number,
        TagPlaceholder.Prerelease => Identifiers,
        TagPlaceholder.Target => Regex.Escape(node.Build.Target?.Value ?? ""),
        _ => Hash,
    };
}
