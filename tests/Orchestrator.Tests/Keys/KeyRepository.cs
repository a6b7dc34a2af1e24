using Orchestrator.Contexts;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Graph;
using Orchestrator.Keys;
using Orchestrator.Locking;
using Orchestrator.Planning;
using Orchestrator.State;

namespace Orchestrator.Tests.Keys;

/// <summary>A repository in a real temporary directory, and the keys of its images; no engine is asked.</summary>
internal sealed class KeyRepository : IDisposable
{
    private const string Platform = "linux/amd64";

    public KeyRepository(string? root = null)
    {
        Root = root ?? Directory.CreateTempSubdirectory("keys-").FullName;
        Write("images.yml", "images:\n  app: app\n");
    }

    public string Root { get; }

    /// <summary>What is known of images from outside, by their names as written; those that are not here have an identity and nothing else.</summary>
    public Dictionary<string, ExternalImage> Externals { get; } = new(StringComparer.Ordinal);

    /// <summary>The same for platforms that are not the engine's own.</summary>
    public Dictionary<(string Name, string Platform), ExternalImage> Others { get; } = [];

    /// <summary>As in Docker's configuration.</summary>
    public Dictionary<string, string> Proxies { get; } = [];

    /// <summary>In place of a state directory.</summary>
    public WholeContexts Whole { get; set; } = WholeContexts.None;

    public void Write(string path, string text)
    {
        var file = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Changes a part of the Dockerfile of <c>app</c>, which must be there.</summary>
    public void Edit(string before, string after)
    {
        var text = File.ReadAllText(PathOf("app/Dockerfile"));
        Assert.That(text, Does.Contain(before));
        Write("app/Dockerfile", text.Replace(before, after, StringComparison.Ordinal));
    }

    public void Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.CreateSymbolicLink(PathOf(path), target);
    }

    /// <summary>Where files have permissions.</summary>
    public void ChangeMode(string path, Func<UnixFileMode, UnixFileMode> change)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PathOf(path), change(File.GetUnixFileMode(PathOf(path))));
        }
    }

    public void Delete(string path) => File.Delete(PathOf(path));

    public string PathOf(string path) => Path.Join(Root, path);

    public void External(string name, string identity, IReadOnlyDictionary<string, string>? environment = null, params IReadOnlyList<string> triggers) =>
        Externals[name] = new ExternalImage(ImageReference.Parse(name), identity) { Environment = environment ?? new Dictionary<string, string>(), Triggers = triggers };

    public PlannedImage Planned(string image = "app") => Plan()[image];

    public void Other(string platform, string name, string identity, IReadOnlyDictionary<string, string>? environment = null, params IReadOnlyList<string> triggers) =>
        Others[(name, platform)] = new ExternalImage(ImageReference.Parse(name), identity) { Environment = environment ?? new Dictionary<string, string>(), Triggers = triggers };

    /// <summary>What planning finds, as <c>CODE(line) message</c>.</summary>
    public IReadOnlyList<string> Findings()
    {
        var diagnostics = new DiagnosticBag();
        Plan(diagnostics);
        return [.. diagnostics.Items.Select(item => $"{item.Code}({item.Span.Line}) {item.Message}")];
    }

    public ResolvedGraph ResolvedGraph() => Load(new DiagnosticBag()).Resolved;

    public ResolvedImage Resolved(string image = "app") => Plan()[image].Image;

    public CacheKey Key(string image = "app") => Plan()[image].Key!.Value;

    public KeyInputs Inputs(string image = "app") => Plan()[image].Inputs!;

    /// <summary>The paths that the key of an image covers, of its main context or of a named one.</summary>
    public IReadOnlyList<string> Files(string? context = null, string image = "app")
    {
        var inputs = Inputs(image);
        return [.. (context is null ? inputs.Context : inputs.NamedContexts[context]).Entries.Select(entry => entry.Entry.Path)];
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private Dictionary<string, PlannedImage> Plan()
    {
        var diagnostics = new DiagnosticBag();
        var images = Plan(diagnostics);
        Assert.That(diagnostics.Items, Is.Empty);
        return images;
    }

    private (ResolvedGraph Resolved, IReadOnlyDictionary<ImageReference, ExternalImage> Externals) Load(DiagnosticBag diagnostics)
    {
        var read = GraphReader.Read(new GraphOptions(PathOf("images.yml"), new Dictionary<string, string>()), diagnostics);
        var found = read is null || LoadedGraph.Load(read, Platform, diagnostics) is not { } loaded ? null
            : loaded.WithExternalsAsync(graph => Task.FromResult<IReadOnlyDictionary<ImageReference, ExternalImage>>(Known(graph)), diagnostics).GetAwaiter().GetResult();
        Assert.That(diagnostics.Items, Is.Empty);
        return found!.Value;
    }

    private Dictionary<string, PlannedImage> Plan(DiagnosticBag diagnostics)
    {
        var (resolved, externals) = Load(diagnostics);
        var locked = LockFile.Read(PathOf("images.yml"), diagnostics);
        var engine = new DockerEngine(new DockerEndpoint(new Uri("unix:///nobody-listens"), "a test", null));
        var planner = new Planner(engine, false, Platform, [.. Proxies], new ContextReader(StatCache.None), new ExplanationStore(new GraphState(PathOf("state"), "none")), locked!, Whole, LastKeys.Nothing);
        var images = new Dictionary<string, PlannedImage>(StringComparer.Ordinal);
        foreach (var image in resolved.Images)
        {
            images.Add(image.Name, planner.Key(image, images, externals, diagnostics, default));
        }

        return images;
    }

    private Dictionary<ImageReference, ExternalImage> Known(ResolvedGraph graph) => graph.Images.SelectMany(image => image.Externals).GroupBy(use => use.Source)
        .ToDictionary(uses => uses.Key, uses => (Externals.Values.FirstOrDefault(known => known.Source == uses.Key) ?? new ExternalImage(uses.Key, "some identity")) with
        {
            Others = uses.Select(use => use.Platform).OfType<string>().Distinct().ToDictionary(
                platform => platform, platform => Others.GetValueOrDefault((uses.Key.Familiar, platform)) ?? new ExternalImage(uses.Key, "some identity for " + platform)),
        });
}
