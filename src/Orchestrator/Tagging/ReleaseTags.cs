using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Graph.TagTemplates;
using Orchestrator.Keys;

namespace Orchestrator.Tagging;

/// <summary>
/// The tags that the images of a graph are published under: templates filled in, prereleases kept from what they must not have, every reference checked.
/// Asks no registry and no engine; whether a moving tag may really move is <see cref="MovingTags"/>' to say once the registry was asked.
/// </summary>
internal sealed class ReleaseTags(ImageGraph graph, ReleaseFacts facts, DiagnosticBag diagnostics)
{
    private readonly TagExpansion _expansion = new(facts, diagnostics);
    private readonly Dictionary<ImageReference, (ImageNode Node, TagTemplate Template)> _claims = [];

    /// <summary>Templates of the graph, which many images have, are told once.</summary>
    private readonly HashSet<TagTemplate> _unchecked = [];

    /// <summary>Whether keys have to be known, which takes a plan.</summary>
    public static bool NeedKeys(IEnumerable<ImageNode> nodes) =>
        nodes.Any(node => node.Publications.Any(publication => publication.Templates.Any(template => template.Uses(TagPlaceholder.Key))));

    /// <param name="nodes">The images in question.</param>
    /// <param name="key">An image's key, or null when it is not known.</param>
    /// <returns>One entry for each image, in their order; not to be used when there are errors.</returns>
    public IReadOnlyList<ImageTags> Resolve(IReadOnlyCollection<ImageNode> nodes, Func<ImageNode, CacheKey?> key)
    {
        if (nodes.All(node => node.Publications.All(publication => publication.Templates.Count == 0)))
        {
            diagnostics.Add(Rules.NothingToPublish.At(new SourceSpan(graph.File)));
        }

        return [.. nodes.Select(node => new ImageTags(node, [.. node.Publications.SelectMany(publication => Tags(node, publication, key(node)))]))];
    }

    private IReadOnlyList<PublishTag> Tags(ImageNode node, Publication publication, CacheKey? key)
    {
        var suitable = publication.Templates.Where(template => facts.Version.Value is not { IsPrerelease: true } || template.SuitsPrerelease).ToList();
        if (suitable.Count == 0 || PublishedName.Of(graph, node, publication.Name, diagnostics) is not { } name)
        {
            return [];
        }

        var tags = suitable.Select(template => Tag(node, template, name, key)).OfType<PublishTag>()
            .GroupBy(tag => tag.Reference)
            .Select(same => same.MinBy(tag => tag.Class)!)
            .ToList();
        if (tags.Find(tag => tag.Class == TagClass.Moving && tag.StandsFor is not null) is { Template: var moving } && MovingTags.FullTag(tags) is null && _unchecked.Add(moving))
        {
            diagnostics.Add(Rules.VersionsNotShown.At(moving.Span, moving.Text));
        }

        return tags;
    }

    private PublishTag? Tag(ImageNode node, TagTemplate template, string name, CacheKey? key)
    {
        if (_expansion.Expand(template, node, key) is not { } tag)
        {
            return null;
        }

        var reference = ImageReference.Parse($"{name}:{tag}");
        if (!_claims.TryAdd(reference, (node, template)) && _claims[reference] is var first && first.Node != node)
        {
            diagnostics.Add(Rules.TagClaimedTwice.At(template.Span, node.Name, first.Node.Name, reference.Familiar, first.Template.Span));
        }

        return new PublishTag(reference, ClassOf(template), template.Uses(TagPlaceholder.Branch) ? null : facts.Version.Value, template);
    }

    private static TagClass ClassOf(TagTemplate template) =>
        template.Uses(TagPlaceholder.Version) || (template.Uses(TagPlaceholder.Major) && template.Uses(TagPlaceholder.Minor) && template.Uses(TagPlaceholder.Patch)) ? TagClass.Full
        : template.Uses(TagPlaceholder.Sha) || template.Uses(TagPlaceholder.Key) ? TagClass.Commit
        : TagClass.Moving;
}
