using Orchestrator.Diagnostics;
using Orchestrator.Tagging;

namespace Orchestrator.Publishing;

/// <summary>
/// A moving tag stays where a higher version is published. A release that broke off has published its version for some images only, so that <c>latest</c> stays for
/// these and moves for the others; nobody can tell that from images which the higher version never had, so it is a warning.
/// </summary>
internal static class ReleasesApart
{
    /// <summary>One for each tag.</summary>
    /// <param name="done">What happened to the tags of all images.</param>
    public static IEnumerable<Diagnostic> Find(IEnumerable<PlannedTag> done) =>
        from tag in done
        where tag.Tag.Class == TagClass.Moving && tag.Tag.StandsFor is not null
        group tag by tag.Tag.Tag into tags
        let staying = tags.Where(tag => tag.Action == TagAction.Stay).Select(Name).ToList()
        let moved = tags.Where(tag => tag.Action != TagAction.Stay).Select(Name).ToList()
        where staying.Count > 0 && moved.Count > 0
        select Rules.ReleasesApart.At(tags.First().Tag.Template.Span, tags.Key, string.Join(", ", staying), string.Join(", ", moved));

    private static string Name(PlannedTag tag) => (tag.Tag.Reference with { Tag = null }).Familiar;
}
