using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>
/// Lays the images of images.yml over the services of the same name, and both over the defaults: who has Compose files writes only what they
/// do not say.
/// </summary>
internal sealed class SectionOverlay(IReadOnlyList<NamedSection> images, ImageSection defaults, GraphEnvironment? environment)
{
    private readonly List<NamedSection> _services = [];

    /// <summary>What images.yml names.</summary>
    public IReadOnlySet<string> Names { get; } = images.Select(image => image.Key.Value).ToHashSet(StringComparer.Ordinal);

    public void Add(IEnumerable<NamedSection> services) => _services.AddRange(services);

    /// <summary>Images of images.yml first, then the other services.</summary>
    /// <param name="isIncomplete">Services may be missing that had errors; an image without a context, which may belong to one of them, is left out.</param>
    public IReadOnlyList<NamedSection> Laid(bool isIncomplete, DiagnosticBag diagnostics)
    {
        var byName = _services.ToLookup(service => service.Key.Value, StringComparer.Ordinal);
        var usable = images.Where(image => !isIncomplete || image.Section.Context is not null || byName.Contains(image.Key.Value));
        var laid = usable.Select(image => byName[image.Key.Value].FirstOrDefault() is { } service
            ? new NamedSection(service.Key, image.Section.OverService(service.Section, image.Key.Value, diagnostics))
            : image);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var rest = _services.Where(service => !Names.Contains(service.Key.Value) || !taken.Add(service.Key.Value)); // a second project's service of this name stays, to be found
        IReadOnlyList<NamedSection> all = [.. laid.Concat(rest).Select(named => named with { Section = Chosen(named.Section.Over(defaults, named.Key.Value)) })];
        CheckTarget(diagnostics);
        return all;
    }

    /// <summary>The environment's target alone, where an image has it.</summary>
    private ImageSection Chosen(ImageSection section) =>
        environment?.Target is { } wanted && section.Targets?.Where(target => target.Name.Value == wanted.Value).ToList() is { Count: > 0 } only ? section with { Targets = only } : section;

    private void CheckTarget(DiagnosticBag diagnostics)
    {
        if (environment?.Target is not { } wanted)
        {
            return;
        }

        var known = images.SelectMany(image => image.Section.Targets ?? []).Select(target => target.Name.Value).Distinct(StringComparer.Ordinal).ToList();
        if (!known.Contains(wanted.Value))
        {
            diagnostics.Add(Rules.InvalidValue.At(wanted.Span, wanted.Value, "target", "no image has it among its 'targets'" + DidYouMean.Phrase(wanted.Value, known).TrimEnd('.')));
        }
    }
}
