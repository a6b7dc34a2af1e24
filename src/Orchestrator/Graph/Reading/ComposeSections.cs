using Orchestrator.Diagnostics;
using Orchestrator.Graph.Compose;
using Orchestrator.Graph.Yaml;

namespace Orchestrator.Graph.Reading;

/// <summary>The services of a Compose project: those with a build section as images, the others as images from elsewhere.</summary>
/// <param name="scope">Paths are the project's.</param>
/// <param name="named">Services that images.yml or a user names: they are wanted whatever profiles are active.</param>
internal sealed class ComposeSections(ComposeProject project, ReadingScope scope, IReadOnlySet<string> named)
{
    private const string ServiceScheme = "service:";

    private static readonly string[] MayBeEmpty = ["dockerfile", "dockerfile_inline", "target", "network", "tags", "platforms", "cache_from", "cache_to"];

    private readonly DiagnosticBag _diagnostics = scope.Diagnostics;

    public IReadOnlyList<NamedSection> Images()
    {
        var reader = new SectionReader(scope, DeclaredSecrets());
        return [.. Wanted.Where(service => service.Build is not null).Select(service => new NamedSection(KeyOf(service), Section(service, reader)))];
    }

    public IReadOnlyList<ServiceImage> Services() =>
        [.. Wanted.Where(service => service.Build is null && service.Image.Span.Line > 0).Select(External).OfType<ServiceImage>()];

    private IEnumerable<ServiceEntry> Wanted => project.Services.Where(service => service.IsActive || named.Contains(ImageKeyGrammar.MakeValid(service.Name.Value)));

    /// <summary>A service may be called what an image cannot.</summary>
    private static Located<string> KeyOf(ServiceEntry service) => service.Name with { Value = ImageKeyGrammar.MakeValid(service.Name.Value) };

    private ImageSection Section(ServiceEntry service, SectionReader reader)
    {
        var section = reader.Read(new KeyedMapping(Usable(service.Build!), KeyPlaces.Image, $"'build' of the service '{service.Name.Value}'", _diagnostics));
        // As `docker compose build` has it: for all that the build names, else for that which the service runs on.
        var platform = section.Platforms is { Count: > 0 } || service.Platform is not { } written ? null : PlatformNames.Checked(written, "platform", _diagnostics);
        return section with
        {
            ServiceImage = service.Image,
            Profiles = service.Profiles,
            Platforms = platform is null ? section.Platforms : service.IsDefaultPlatform ? null : [platform],
            DefaultPlatform = service.IsDefaultPlatform ? platform : null,
            AdditionalContexts = [.. section.AdditionalContexts.Select(context => KeyValuePair.Create(context.Key, Context(context.Value)))],
        };
    }

    /// <summary>What is empty is as if it were not there, since a variable without a value leaves such a text; neither is what asks for no more than is done anyway.</summary>
    private static YamlMapping Usable(YamlMapping build) => build with
    {
        Entries = [.. build.Entries.Where(entry => !(IsEmpty(entry.Value) && MayBeEmpty.Contains(entry.Key.Value)) && !IsUsual(entry)).Select(entry => entry with { Value = Usable(entry.Key.Value, entry.Value) })],
    };

    private static YamlNode Usable(string key, YamlNode value)
    {
        if (value is not YamlSequence list || !MayBeEmpty.Contains(key))
        {
            return value;
        }

        var filled = list with { Items = [.. list.Items.Where(item => !IsEmpty(item))] };
        return key == "platforms" ? ComposeForms.Distinct(filled with { Items = [.. filled.Items.SelectMany(Platforms)] }) : filled;
    }

    /// <summary>One text may name several, as BuildKit has it; a platform that two files name counts once.</summary>
    private static IEnumerable<YamlNode> Platforms(YamlNode item) =>
        item is YamlScalar { IsNull: false } text ? text.Value.Split(',').Select(platform => text with { Value = platform.Trim() }) : [item];

    private static bool IsUsual(YamlEntry entry) => entry.Value is YamlScalar { IsNull: false } value && entry.Key.Value switch
    {
        "privileged" => value.Value.ToUpperInvariant() is "FALSE" or "NO" or "OFF" or "N",
        "isolation" => value.Value is "" or "default",
        _ => false,
    };

    private static bool IsEmpty(YamlNode value) => value is YamlScalar { IsNull: false, Value.Length: 0 };

    /// <summary><c>service:x</c> means the node of x where it is built, and else its image.</summary>
    private Located<string> Context(Located<string> context)
    {
        if (!context.Value.StartsWith(ServiceScheme, StringComparison.Ordinal)
            || project.Services.FirstOrDefault(service => service.Name.Value == context.Value[ServiceScheme.Length..]) is not { } service)
        {
            return context;
        }

        return context with { Value = service.Build is null ? BuildDefinition.ImageScheme + service.Image.Value : ServiceScheme + KeyOf(service).Value };
    }

    private ServiceImage? External(ServiceEntry service)
    {
        if (ImageReference.TryParse(service.Image.Value, out var reference))
        {
            return new ServiceImage(service.Name.Value, new Located<ImageReference>(reference, service.Image.Span));
        }

        _diagnostics.Add(Rules.ServiceImageUnusable.At(service.Image.Span, service.Image.Value, service.Name.Value));
        return null;
    }

    /// <summary>Those that a build uses; the others are the containers' own.</summary>
    private Dictionary<string, BuildSecret> DeclaredSecrets()
    {
        var used = Wanted.SelectMany(service => (service.Build?.Find("secrets")?.Value as YamlSequence)?.Items ?? [])
            .Select(item => (item as YamlScalar ?? (item as YamlMapping)?.Find("source")?.Value as YamlScalar)?.Value).ToHashSet();
        var declared = new Dictionary<string, BuildSecret>(StringComparer.Ordinal);
        foreach (var entry in project.Secrets?.Entries.Where(entry => used.Contains(entry.Key.Value)) ?? [])
        {
            var mapping = (entry.Value as YamlMapping ?? new YamlMapping(entry.Key.Span, [])).With("name", _ => null); // what containers call it
            var secret = SecretSource.Read(entry.Key.Value, new KeyedMapping(mapping, KeyPlaces.GraphSecret, "a secret", _diagnostics), scope, project.Variables);
            declared[entry.Key.Value] = secret ?? new BuildSecret(entry.Key.Value, null, null); // it has had its diagnostic
        }

        return declared;
    }
}
