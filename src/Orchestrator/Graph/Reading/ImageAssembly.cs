using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.Graph.ImageTests;
using Orchestrator.Graph.TagTemplates;

namespace Orchestrator.Graph.Reading;

/// <summary>Makes nodes of a section that lies over the defaults: paths are looked up, names are parsed, targets become one node each.</summary>
internal sealed partial class ImageAssembly(ReadingScope scope)
{
    public const string DefaultPlatform = "DOCKER_DEFAULT_PLATFORM";
    private const string DefaultDockerfile = "Dockerfile";

    /// <summary>What Docker takes where there is no <c>Dockerfile</c> (https://github.com/moby/moby/pull/10858).</summary>
    private const string OldDockerfile = "dockerfile";

    private readonly DiagnosticBag _diagnostics = scope.Diagnostics;

    public IReadOnlyList<ImageNode> Assemble(Located<string> key, ImageSection section)
    {
        var context = Context(key, section);
        var dockerfile = context is { } found ? Dockerfile(key, section, found) : null;
        var contexts = AdditionalContexts(section);
        var project = new ProjectPaths(scope).Read(section.Project, contexts);
        var build = new BuildDefinition
        {
            Context = context ?? Nowhere(key),
            Dockerfile = dockerfile ?? Nowhere(key),
            DockerfileInline = section.DockerfileInline,
            Target = section.Target,
            Arguments = section.Arguments,
            Labels = section.Labels,
            AdditionalContexts = project is null ? contexts : [.. contexts, new(project.Context.Value, project.File with { Value = ProjectSource.Scheme + project.File.Value })],
            Project = project,
            Overlay = new OverlayPaths(scope).Read(section.Overlay),
            KeepsContextModes = section.KeepsContextModes ?? false,
            Network = section.Network,
            Entitlements = [.. section.Entitlements.DistinctBy(entitlement => entitlement.Value)],
            SharedMemorySize = section.SharedMemorySize,
            ExtraHosts = [.. section.ExtraHosts.DistinctBy(host => host.Value)],
            Ulimits = [.. section.Ulimits.Select(limit => limit.Value)],
            Secrets = [.. section.Secrets.Select(secret => secret.Value)],
            Ssh = [.. section.Ssh.Select(agent => agent.Value)],
            NoCache = section.NoCache ?? false,
            Pull = section.Pull ?? false,
            Platforms = section.Platforms ?? (section.DefaultPlatform is { } platform ? [platform] : DefaultPlatforms(key)),
            CacheFrom = [.. section.CacheFrom.DistinctBy(source => source.ToString())],
            CacheTo = [.. section.CacheTo.DistinctBy(target => target.ToString())],
            Provenance = section.Provenance is { Value: not ProvenanceMode.None } ? section.Provenance : null,
            SbomGenerator = section.SbomGenerator is { Value.Length: > 0 } ? section.SbomGenerator : null,
            Annotations = section.Annotations,
        };
        Annotations.Check(build, _diagnostics);
        var image = section.Image ?? section.ServiceImage ?? key;
        if (section.Targets is null)
        {
            IReadOnlyList<Located<string>> further = section.ServiceImage is { } service ? [service, .. section.Tags] : section.Tags;
            var names = IsMisnamed(key, image) ? further : [image, .. further];
            return [Node(key, names, build, section, section.PublishTags, section.Tests)];
        }

        var isTaggable = IsTaggable(key, image);
        return [.. section.Targets.Select(target => TargetNode(key, isTaggable ? image : null, target, build, section))];
    }

    /// <summary>What Docker's own commands build for where nothing else is said.</summary>
    private IReadOnlyList<Located<string>> DefaultPlatforms(Located<string> key) =>
        scope.Variables.GetValueOrDefault(DefaultPlatform) is { Length: > 0 } written && PlatformNames.Checked(key with { Value = written }, DefaultPlatform, _diagnostics) is { } platform ? [platform] : [];

    /// <summary>Stands where a path was reported as unusable; a graph with errors is not used.</summary>
    private static Located<string> Nowhere(Located<string> key) => new("", key.Span);

    /// <summary>A bad key is reported as such, not a second time as the local name that it would give.</summary>
    private static bool IsMisnamed(Located<string> key, Located<string> image) => image == key && !ImageKeyGrammar.IsValid(key.Value);

    /// <summary>Whether <c>image:tag</c> can be the local name of a target.</summary>
    private bool IsTaggable(Located<string> key, Located<string> image)
    {
        if (IsMisnamed(key, image) || LocalName(image) is not { } local)
        {
            return false;
        }

        if (!image.Value.EndsWith(":" + local.Value.Tag, StringComparison.Ordinal))
        {
            return true;
        }

        _diagnostics.Add(Rules.InvalidValue.At(image.Span, image.Value, "image", "its targets bring the tags"));
        return false;
    }

    private ImageNode TargetNode(Located<string> key, Located<string>? image, TargetSection target, BuildDefinition build, ImageSection section)
    {
        var name = key with { Value = $"{key.Value}/{target.Name.Value}", Span = target.Name.Span };
        Located<string>[] names = image is { } repository ? [target.Tag with { Value = $"{repository.Value}:{target.Tag.Value}" }] : [];
        return Node(name, names, build with { Target = target.Name, Arguments = ImageSection.Joined(build.Arguments, target.Arguments) }, section, target.PublishTags ?? section.PublishTags, [.. section.Tests, .. target.Tests]);
    }

    private ImageNode Node(
        Located<string> name, IReadOnlyList<Located<string>> names, BuildDefinition build, ImageSection section, IReadOnlyList<TagTemplate>? publishTags, IReadOnlyList<ImageTest> tests)
    {
        var localNames = names.Select(LocalName).OfType<Located<ImageReference>>().DistinctBy(local => local.Value).ToList();
        return new ImageNode
        {
            Name = name.Value,
            Span = name.Span,
            LocalNames = localNames,
            Publications = [.. localNames.DistinctBy(local => $"{local.Value.Registry}/{local.Value.Repository}").Select(local => new Publication(local, publishTags ?? []))],
            Build = build,
            BuildAfter = section.BuildAfter,
            Profiles = section.Profiles,
            Tests = tests,
        };
    }

    private Located<ImageReference>? LocalName(Located<string> name)
    {
        if (!ImageReference.TryParse(name.Value, out var reference))
        {
            _diagnostics.Add(Rules.InvalidReference.At(name.Span, name.Value, "Docker would refuse it"));
            return null;
        }

        if (reference.Digest is not null)
        {
            _diagnostics.Add(Rules.InvalidReference.At(name.Span, name.Value, "a local name has no digest, that is known only after the build"));
            return null;
        }

        return new Located<ImageReference>(reference, name.Span);
    }

    private Located<string>? Context(Located<string> key, ImageSection section)
    {
        var written = section.Context ?? key with { Value = "." };
        if (IsRemote(written))
        {
            return null;
        }

        return scope.Paths.ExistingDirectory(written) is { } absolute ? written with { Value = absolute } : null;
    }

    private Located<string>? Dockerfile(Located<string> key, ImageSection section, Located<string> context)
    {
        var written = section.Dockerfile ?? key with { Value = DefaultDockerfile };
        var absolute = scope.Paths.Absolute(written.Value, context.Value);
        if (section.DockerfileInline is not null)
        {
            return written with { Value = absolute };
        }

        if (Path.GetFileName(absolute) == DefaultDockerfile && !File.Exists(absolute) && Path.Join(Path.GetDirectoryName(absolute), OldDockerfile) is var old && File.Exists(old))
        {
            absolute = old;
        }

        if (!scope.Paths.Admits(absolute, written.Span))
        {
            return null;
        }

        if (!File.Exists(absolute))
        {
            var reason = Directory.Exists(absolute) ? " It is a directory." : RepositoryPaths.NearbyPhrase(absolute);
            _diagnostics.Add(Rules.DockerfileMissing.At(written.Span, absolute, reason));
            return null;
        }

        return written with { Value = absolute };
    }

    private List<KeyValuePair<string, Located<string>>> AdditionalContexts(ImageSection section)
    {
        var read = new List<KeyValuePair<string, Located<string>>>();
        foreach (var (name, value) in section.AdditionalContexts)
        {
            if (value.Value.StartsWith(BuildDefinition.ImageScheme, StringComparison.Ordinal))
            {
                if (IsImage(value))
                {
                    read.Add(new(name, value));
                }
            }
            else if (NodeLinks.IsLink(value.Value))
            {
                read.Add(new(name, value));
            }
            else if (!IsRemote(value) && scope.Paths.ExistingDirectory(value) is { } absolute)
            {
                read.Add(new(name, value with { Value = absolute }));
            }
        }

        return read;
    }

    private bool IsImage(Located<string> context)
    {
        var reference = context.Value[BuildDefinition.ImageScheme.Length..];
        if (ImageReference.TryParse(reference, out _))
        {
            return true;
        }

        _diagnostics.Add(Rules.InvalidReference.At(context.Span, reference, "Docker would refuse it"));
        return false;
    }

    private bool IsRemote(Located<string> context)
    {
        if (!Remote().IsMatch(context.Value))
        {
            return false;
        }

        _diagnostics.Add(Rules.RemoteContext.At(context.Span, PrivateAddress.Hide(context.Value)));
        return true;
    }

    [GeneratedRegex(@"\A(?:[A-Za-z][A-Za-z0-9+.-]*://|git@|github\.com/)", RegexOptions.CultureInvariant)]
    private static partial Regex Remote();
}
