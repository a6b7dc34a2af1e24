using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Reading;

/// <summary>
/// Two nodes with an equal build definition are one build with several names: the first declared one stays and takes the others' names.
/// Repeats until nothing changes, for nodes may become equal when what they are built on does.
/// </summary>
internal static class EqualBuilds
{
    public static IReadOnlyList<ImageNode> Merge(IReadOnlyList<ImageNode> nodes)
    {
        while (true)
        {
            var groups = nodes.GroupBy(node => Fingerprint(node.Build), StringComparer.Ordinal).ToList();
            if (groups.Count == nodes.Count)
            {
                return nodes;
            }

            var names = groups.SelectMany(group => group.Select(node => (node.Name, Kept: group.First().Name)))
                .ToDictionary(pair => pair.Name, pair => pair.Kept, StringComparer.Ordinal);
            nodes = [.. groups.Select(group => Renamed(Joined([.. group]), names))];
        }
    }

    private static ImageNode Joined(IReadOnlyList<ImageNode> equals) => equals.Count == 1 ? equals[0] : equals[0] with
    {
        Merged = [.. equals.SelectMany(node => node.Declarations)],
        LocalNames = [.. equals.SelectMany(node => node.LocalNames).DistinctBy(local => local.Value)],
        Aliases = [.. equals[0].Aliases, .. equals.Skip(1).SelectMany(node => node.Aliases.Prepend(node.Name))],
        Publications = [.. equals.SelectMany(node => node.Publications)],
        BuildAfter = [.. equals.SelectMany(node => node.BuildAfter)],
        Tests = [.. equals.SelectMany(node => node.Tests).DistinctBy(test => test.Span)], // those of the defaults are everybody's
    };

    private static ImageNode Renamed(ImageNode node, Dictionary<string, string> names) => node with
    {
        BuildAfter = [.. node.BuildAfter.Select(after => after with { Value = names[after.Value] }).Where(after => after.Value != node.Name).DistinctBy(after => after.Value)],
        Build = node.Build with
        {
            AdditionalContexts = [.. node.Build.AdditionalContexts.Select(context => KeyValuePair.Create(context.Key, Renamed(context.Value, names)))],
        },
    };

    private static Located<string> Renamed(Located<string> context, Dictionary<string, string> names)
    {
        var colon = context.Value.IndexOf(':', StringComparison.Ordinal);
        return NodeLinks.IsLink(context.Value) ? context with { Value = context.Value[..(colon + 1)] + names[context.Value[(colon + 1)..]] } : context;
    }

    /// <summary>All of a definition but the places; mappings in ordinal order, each field with its length.</summary>
    private static string Fingerprint(BuildDefinition build)
    {
        IEnumerable<string?> fields =
        [
            build.Context.Value,
            build.DockerfileInline is null ? build.Dockerfile.Value : null,
            build.DockerfileInline?.Value,
            build.Target?.Value,
            .. Section(build.Arguments),
            .. Section(build.Labels),
            .. Section(build.AdditionalContexts),
            .. Section(build.Overlay),
            build.Project is null ? null : string.Join('\0', build.Project.Settings),
            build.KeepsContextModes ? "context modes" : null,
            build.Network?.Value,
            .. Section(build.Entitlements),
            build.SharedMemorySize?.ToString(),
            .. Section(build.ExtraHosts),
            .. Section(build.Ulimits),
            .. Section(build.Secrets),
            .. Section(build.Ssh),
            build.NoCache ? "no cache" : null,
            build.Pull ? "pull" : null,
            string.Join(',', build.Platforms.Select(platform => platform.Value).Order(StringComparer.Ordinal)),
            .. Section(build.CacheTo),
            build.Provenance?.ToString(),
            build.SbomGenerator?.Value,
            .. Section(build.Annotations),
        ];
        return string.Concat(fields.Select(field => field is null ? "-;" : $"{field.Length}:{field};"));
    }

    private static IEnumerable<string?> Section<T>(IReadOnlyList<KeyValuePair<string, Located<T>>> pairs) =>
    [
        $"{pairs.Count}",
        .. pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => new[] { pair.Key, pair.Value.Value?.ToString() }),
    ];

    private static IEnumerable<string?> Section<T>(IReadOnlyList<Located<T>> items) => [$"{items.Count}", .. items.Select(item => item.Value?.ToString())];
}
