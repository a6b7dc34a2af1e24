using Orchestrator.BuildKit;
using Orchestrator.BuildKit.Control;
using Orchestrator.BuildKit.FileSync;
using Orchestrator.BuildKit.Session;
using Orchestrator.Docker;
using Orchestrator.Oracle.Tests.Scenarios;

namespace Orchestrator.Oracle.Tests.Judging;

/// <summary>Builds through our BuildKit client: fast, and it sees which files the daemon asks for.</summary>
internal sealed class ClientJudge(BuildKitClient client, DockerEngine engine) : IJudge
{
    public string Name => "client";

    public async Task<Verdict> BuildAsync(string root, ImageModel image, CancellationToken cancellationToken)
    {
        var context = new RecordingTree(new DirectoryTree(Path.Join(root, image.Context)));
        var directories = new Dictionary<string, ISyncTree>(StringComparer.Ordinal)
        {
            ["context"] = context,
            ["dockerfile"] = new DirectoryTree(Path.GetDirectoryName(Path.Join(root, image.DockerfilePath))!),
        };
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["filename"] = Path.GetFileName(image.Dockerfile), ["image-resolve-mode"] = "local" };
        Add("build-arg:", image.Arguments);
        Add("label:", image.Labels);
        Set("target", image.Target);
        Set("force-network-mode", image.Network);
        Set("add-hosts", image.ExtraHost);
        var number = 0;
        foreach (var (name, value) in image.NamedContexts)
        {
            if (Reference(value) is { } reference)
            {
                attributes["context:" + name] = "docker-image://" + reference;
            }
            else
            {
                attributes["context:" + name] = $"local:named{number}";
                directories[$"named{number++}"] = new DirectoryTree(Path.Join(root, value));
            }
        }

        Set("frontend.caps", image.NamedContexts.Count > 0 ? "moby.buildkit.frontend.contexts+forward" : null);
        return await SolveAsync(directories, attributes, image.Name, () => context.Opened, cancellationToken);

        void Add(string prefix, IEnumerable<KeyValuePair<string, string>> pairs)
        {
            foreach (var (name, value) in pairs)
            {
                attributes[prefix + name] = value;
            }
        }

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                attributes[name] = value;
            }
        }
    }

    public Task<Verdict> BuildOutsideAsync(Scenario scenario, CancellationToken cancellationToken) => SolveAsync(
        new Dictionary<string, ISyncTree> { ["dockerfile"] = MemoryTree.WithFile("Dockerfile", scenario.ExternalText), ["context"] = MemoryTree.WithFile("none", "") },
        new Dictionary<string, string> { ["filename"] = "Dockerfile", ["image-resolve-mode"] = "local" },
        scenario.ExternalName,
        () => new HashSet<string>(),
        cancellationToken);

    /// <summary>The image that a named context stands for; null when it is a directory.</summary>
    public static string? Reference(string namedContext) =>
        namedContext.StartsWith("image:", StringComparison.Ordinal) ? namedContext["image:".Length..]
        : namedContext.StartsWith("docker-image://", StringComparison.Ordinal) ? namedContext["docker-image://".Length..] : null;

    private async Task<Verdict> SolveAsync(
        Dictionary<string, ISyncTree> directories, Dictionary<string, string> attributes, string name, Func<IReadOnlySet<string>> sent, CancellationToken cancellationToken)
    {
        await using var session = await client.OpenSessionAsync(new SessionOptions { SharedKey = Guid.NewGuid().ToString("N"), Directories = directories }, cancellationToken);
        try
        {
            var solve = new SolveOptions
            {
                SessionId = session.Id,
                FrontendAttributes = attributes,
                ExporterType = "moby",
                ExporterAttributes = new Dictionary<string, string> { ["name"] = name },
            };
            var result = await client.SolveAsync(solve, null, cancellationToken);
            return await Verdict.InspectAsync(engine, result.ImageDigest, name, sent(), cancellationToken);
        }
        catch (SolveException exception)
        {
            return Verdict.Failed(exception.Message, sent());
        }
    }
}
