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
    private readonly VersionTexts _versions = new(graph);
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
        var published = nodes.Select(node => new ImageTags(node, Once(node.Publications.SelectMany(publication => Tags(node, publication, key(node)))))).ToList();
        if (nodes.All(node => node.Publications.All(publication => Suitable(publication).Count == 0)))
        {
            diagnostics.Add(Rules.NothingToPublish.At(new SourceSpan(graph.File), WhyNothing(nodes)));
        }

        return published;
    }

    private List<TagTemplate> Suitable(Publication publication) =>
        [.. publication.Templates.Where(template => facts.Version.Value is not { IsPrerelease: true } || template.SuitsPrerelease)];

    /// <summary>Empty where there is no template at all.</summary>
    private string WhyNothing(IEnumerable<ImageNode> nodes) => nodes.Any(node => node.Publications.Any(publication => publication.Templates.Count > 0))
        ? $": {facts.Version.Value!.ToNormalizedString()} ({facts.Version.Words}) is a prerelease, and all that they have is for releases"
        : "";

    private IReadOnlyList<PublishTag> Tags(ImageNode node, Publication publication, CacheKey? key)
    {
        var suitable = Suitable(publication);
        if (suitable.Count == 0 || PublishedName.Of(graph, node, publication.Name, diagnostics) is not { } name)
        {
            return [];
        }

        var tags = Once(suitable.Select(template => Tag(node, template, name, key)).OfType<PublishTag>());
        if (tags.Find(tag => tag.Class == TagClass.Moving && tag.StandsFor is not null) is { Template: var moving } && MovingTags.FullTag(tags) is null && _unchecked.Add(moving))
        {
            diagnostics.Add(Rules.VersionsNotShown.At(moving.Span, moving.Text));
        }

        return tags;
    }

    /// <summary>Templates may come to the same, and so may names: equal builds are one image, and what several services run is one repository.</summary>
    private static List<PublishTag> Once(IEnumerable<PublishTag> tags) => [.. tags.GroupBy(tag => tag.Reference).Select(same => same.MinBy(tag => tag.Class)!)];

    private PublishTag? Tag(ImageNode node, TagTemplate template, string name, CacheKey? key)
    {
        if (Text(node, template, name, key) is not { } tag)
        {
            return null;
        }

        var reference = ImageReference.Parse($"{name}:{tag}");
        if (!_claims.TryAdd(reference, (node, template)) && _claims[reference] is var first && first.Node != node)
        {
            diagnostics.Add(Rules.TagClaimedTwice.At(template.Span, node.Name, first.Node.Name, reference.FamiliarWithTag, first.Template.Span));
        }

        return new PublishTag(reference, ClassOf(template, tag), template.Uses(TagPlaceholder.Branch) ? null : facts.Version.Value, template);
    }

    /// <summary>A branch that is called like a version is told apart from it; where that is of no use, the template itself puts branches among versions.</summary>
    private string? Text(ImageNode node, TagTemplate template, string name, CacheKey? key)
    {
        var text = _expansion.Expand(template, node, key, BranchTag.Of);
        return text is null || !template.Uses(TagPlaceholder.Branch) || ClassOf(template, text) != TagClass.Moving || !_versions.Include(name, text) ? text
            : _expansion.Expand(template, node, key, BranchTag.Apart) is { } apart && !_versions.Include(name, apart) ? apart : text;
    }

    /// <summary>What is written as a version stands for that one, also where a text of its own or a variable says it; what follows a branch follows it.</summary>
    private static TagClass ClassOf(TagTemplate template, string tag) =>
        template.Uses(TagPlaceholder.Version) || (template.Uses(TagPlaceholder.Major) && template.Uses(TagPlaceholder.Minor) && template.Uses(TagPlaceholder.Patch)) ? TagClass.Full
        : template.Uses(TagPlaceholder.Sha) || template.Uses(TagPlaceholder.Key) ? TagClass.Commit
        : !template.Uses(TagPlaceholder.Branch) && TagVersion.IsNamedBy(tag) ? TagClass.Full
        : TagClass.Moving;
}
