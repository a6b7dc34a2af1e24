using System.Runtime.CompilerServices;
using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Oracle.Tests.Judging;
using Orchestrator.Tests.Dockerfiles;

namespace Orchestrator.Oracle.Tests.Frontend;

/// <summary>A recorded Dockerfile with its inputs, read by us, and the means to ask BuildKit about the same.</summary>
internal sealed class FrontendCase
{
    private readonly string _folder;
    private readonly DiagnosticBag _diagnostics = new();

    /// <summary>The platforms that each image from outside is wanted for.</summary>
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _images;

    public FrontendCase(string path)
    {
        _folder = path;

        // BuildKit answers these questions for its own platform, whatever platform is asked for.
        var written = CaseInputs.Read(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        Inputs = written with { TargetPlatform = written.BuildPlatform };
        var document = DockerfileReader.Read("Dockerfile", File.ReadAllBytes(Path.Join(path, "Dockerfile")), _diagnostics);
        Document = _diagnostics.HasErrors ? null : document;
        _images = Document is null ? [] : FindImages(StageResolver.Resolve(Document, Inputs, new DiagnosticBag()));

        // What the images hold that stand in for the bases, BuildKit sees, so we have to know it as well.
        var bases = _images.Keys.ToDictionary(image => image, image => Inputs.Bases.GetValueOrDefault(image) ?? new BaseImage(new Dictionary<string, string>(), []), StringComparer.Ordinal);
        Inputs = Inputs with { Bases = Inputs.Bases.Concat(bases).DistinctBy(pair => pair.Key).ToDictionary(StringComparer.Ordinal) };
        Closure = Document is null ? null : StageResolver.Resolve(Document, Inputs, _diagnostics);
    }

    public DockerfileInputs Inputs { get; }

    /// <summary>Null when it cannot be read without errors.</summary>
    public DockerfileDocument? Document { get; }

    public StageClosure? Closure { get; }

    /// <summary>What we have against the Dockerfile; empty when nothing.</summary>
    public string Errors => string.Join('\n', _diagnostics.Items);

    /// <summary>Why the engine cannot be asked without a network; null when it can.</summary>
    public string? Obstacle =>
        Closure?.ExternalImages.FirstOrDefault(use => use.Kind == ImageUseKind.Syntax) is { } syntax ? $"frontend {syntax.Reference.Value} would have to be pulled"
        : _images.Keys.FirstOrDefault(image => image.Contains('@', StringComparison.Ordinal)) is { } pinned ? $"{pinned} cannot be provided under its digest"
        : null;

    /// <summary>A tag holds an image for one platform only, in a store that is not containerd's; a folder as named context serves any.</summary>
    private IEnumerable<string> Folders => _images.Where(image => image.Value.Count > 1).Select(image => image.Key);

    private IEnumerable<string> Tags => _images.Where(image => image.Value.Count == 1).Select(image => image.Key);

    /// <summary>The cases of the reader's golden tests, and those that were added here.</summary>
    public static IEnumerable<string> Recorded()
    {
        var here = Path.GetDirectoryName(ThisFile())!;
        return Directory.EnumerateDirectories(Path.GetFullPath("../../Orchestrator.Tests/Dockerfiles/cases", here)).Concat(Directory.EnumerateDirectories(Path.Join(here, "cases"))).Order(StringComparer.Ordinal);
    }

    public async Task ProvideAsync(Bench bench, CancellationToken cancellationToken)
    {
        foreach (var image in Tags)
        {
            await ProvideAsync(bench, image, cancellationToken);
        }
    }

    /// <exception cref="InvalidOperationException">BuildKit has something against the Dockerfile.</exception>
    public async Task<FrontendAnswer> AskAsync(Bench bench, CancellationToken cancellationToken)
    {
        List<string> arguments = ["buildx", "build", "--builder", "default"];
        arguments.AddRange(Inputs.BuildArguments.SelectMany(pair => new[] { "--build-arg", $"{pair.Key}={pair.Value}" }));
        arguments.AddRange(Inputs.NamedContexts.SelectMany(name => new[] { "--build-context", $"{name}=docker-image://local/busybox" }));
        arguments.AddRange(Folders.SelectMany(name => new[] { "--build-context", $"{name}={_folder}" }));
        arguments.AddRange(Inputs.Target is null ? [] : ["--target", Inputs.Target]);
        var copy = Directory.CreateTempSubdirectory("orchestrator-frontend-").FullName;
        File.Copy(Path.Join(_folder, "Dockerfile"), Path.Join(copy, "Dockerfile"));
        try
        {
            return await AskAsync(bench, arguments, copy, cancellationToken);
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    public async Task DropAsync(Bench bench, CancellationToken cancellationToken)
    {
        foreach (var image in Tags.Where(image => !image.StartsWith("local/busybox", StringComparison.Ordinal)))
        {
            await DockerCommand.TryAsync(bench.Host, cancellationToken, "image", "rm", "--force", image);
        }
    }

    private static async Task<FrontendAnswer> AskAsync(Bench bench, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken)
    {
        var dockerfile = Path.Join(folder, "Dockerfile");
        while (true)
        {
            var text = await File.ReadAllTextAsync(dockerfile, Encoding.Latin1, cancellationToken);
            try
            {
                var targets = await DockerCommand.RunAsync(bench.Host, cancellationToken, [.. arguments, "--call=targets,format=json", folder]);
                var outline = await DockerCommand.RunAsync(bench.Host, cancellationToken, [.. arguments, "--call=outline,format=json", folder]);
                return FrontendAnswer.Read(targets, outline);
            }
            catch (InvalidOperationException refusal) when (ExperimentalFlags.RefusedIn(refusal.Message) is { } flag && ExperimentalFlags.Without(flag, text) != text)
            {
                await File.WriteAllTextAsync(dockerfile, ExperimentalFlags.Without(flag, text), Encoding.Latin1, cancellationToken);
            }
        }
    }

    private Dictionary<string, IReadOnlyList<string>> FindImages(StageClosure? closure) => (closure?.ExternalImages ?? [])
        .Where(use => use.Kind != ImageUseKind.Syntax && !Inputs.NamedContexts.Contains(use.Reference.Value))
        .GroupBy(use => use.Reference.Value, use => use.Platform ?? Inputs.TargetPlatform, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Distinct(StringComparer.Ordinal)], StringComparer.Ordinal);

    private static string ThisFile([CallerFilePath] string path = "") => path;

    /// <summary>There is nothing to pull from: an image of that name, with the environment and triggers that the inputs say.</summary>
    private async Task ProvideAsync(Bench bench, string image, CancellationToken cancellationToken)
    {
        var known = Inputs.Bases.GetValueOrDefault(image);
        List<string> lines = ["FROM scratch"];
        lines.AddRange((known?.Environment ?? new Dictionary<string, string>()).Select(pair => $"ENV {pair.Key}=\"{pair.Value}\""));
        lines.AddRange((known?.Triggers ?? []).Select(trigger => "ONBUILD " + trigger));
        var folder = Directory.CreateTempSubdirectory("orchestrator-base-").FullName;
        try
        {
            await File.WriteAllLinesAsync(Path.Join(folder, "Dockerfile"), lines, cancellationToken);
            await DockerCommand.RunAsync(bench.Host, cancellationToken, "buildx", "build", "--builder", "default", "--platform", _images[image].Single(), "--tag", image, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
