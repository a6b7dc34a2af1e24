using System.Runtime.CompilerServices;
using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Oracle.Tests.Judging;
using Orchestrator.Oracle.Tests.Scenarios;
using Orchestrator.Tests.Dockerfiles;

namespace Orchestrator.Oracle.Tests.Frontend;

/// <summary>A recorded Dockerfile with its inputs, read by us, and the means to ask BuildKit about the same.</summary>
internal sealed class FrontendCase
{
    private readonly string _folder;
    private readonly DiagnosticBag _diagnostics = new();

    public FrontendCase(string path)
    {
        _folder = path;
        Inputs = CaseInputs.Read(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        Document = DockerfileReader.Read("Dockerfile", File.ReadAllBytes(Path.Join(path, "Dockerfile")), _diagnostics);
        Closure = Document is null ? null : StageResolver.Resolve(Document, Inputs, _diagnostics);
    }

    public DockerfileInputs Inputs { get; }

    public DockerfileDocument? Document { get; }

    public StageClosure? Closure { get; }

    /// <summary>What we have against the Dockerfile; empty when nothing.</summary>
    public string Errors => string.Join('\n', _diagnostics.Items);

    /// <summary>Why the engine cannot be asked without a network; null when it can.</summary>
    public string? Obstacle =>
        Closure?.ExternalImages.FirstOrDefault(use => use.Kind == ImageUseKind.Syntax) is { } syntax ? $"frontend {syntax.Reference.Value} would have to be pulled"
        : Images.FirstOrDefault(image => image.Contains('@', StringComparison.Ordinal)) is { } pinned ? $"{pinned} cannot be provided under its digest"
        : null;

    private IEnumerable<string> Images => (Closure?.ExternalImages ?? []).Where(use => use.Kind != ImageUseKind.Syntax).Select(use => use.Reference.Value)
        .Where(name => !Inputs.NamedContexts.Contains(name)).Distinct(StringComparer.Ordinal);

    /// <summary>The cases of the reader's golden tests, and those that were added here.</summary>
    public static IEnumerable<string> Folders()
    {
        var here = Path.GetDirectoryName(ThisFile())!;
        return Directory.EnumerateDirectories(Path.GetFullPath("../../Orchestrator.Tests/Dockerfiles/cases", here)).Concat(Directory.EnumerateDirectories(Path.Join(here, "cases"))).Order(StringComparer.Ordinal);
    }

    /// <exception cref="InvalidOperationException">BuildKit has something against the Dockerfile.</exception>
    public async Task<FrontendAnswer> AskAsync(Bench bench, CancellationToken cancellationToken)
    {
        foreach (var image in Images)
        {
            await ProvideAsync(bench, image, cancellationToken);
        }

        List<string> arguments = ["buildx", "build", "--builder", "default", "--platform", Inputs.TargetPlatform];
        arguments.AddRange(Inputs.BuildArguments.SelectMany(pair => new[] { "--build-arg", $"{pair.Key}={pair.Value}" }));
        arguments.AddRange(Inputs.NamedContexts.SelectMany(name => new[] { "--build-context", $"{name}=docker-image://local/busybox" }));
        arguments.AddRange(Inputs.Target is null ? [] : ["--target", Inputs.Target]);
        var targets = await DockerCommand.RunAsync(bench.Host, cancellationToken, [.. arguments, "--call=targets,format=json", _folder]);
        var outline = await DockerCommand.RunAsync(bench.Host, cancellationToken, [.. arguments, "--call=outline,format=json", _folder]);
        return FrontendAnswer.Read(targets, outline);
    }

    public async Task DropAsync(Bench bench, CancellationToken cancellationToken)
    {
        foreach (var image in Images.Where(image => !image.StartsWith("local/busybox", StringComparison.Ordinal)))
        {
            await DockerCommand.TryAsync(bench.Host, cancellationToken, "image", "rm", "--force", image);
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    /// <summary>There is nothing to pull from: an image of that name, with the environment and triggers that the inputs say.</summary>
    private async Task ProvideAsync(Bench bench, string image, CancellationToken cancellationToken)
    {
        var known = Inputs.Bases.GetValueOrDefault(image);
        var lines = new List<string> { $"FROM --platform={Inputs.TargetPlatform} scratch" };
        lines.AddRange((known?.Environment ?? new Dictionary<string, string>()).Select(pair => $"ENV {pair.Key}=\"{pair.Value}\""));
        lines.AddRange((known?.Triggers ?? []).Select(trigger => "ONBUILD " + trigger));
        var outside = new Scenario("frontend-" + Guid.NewGuid().ToString("N")[..8], Scenario.NoFiles, [], [.. lines]);
        var built = await bench.Client.BuildOutsideAsync(outside, cancellationToken);
        if (!built.IsBuilt)
        {
            throw new InvalidOperationException($"{image} cannot be provided: {built.Failure}");
        }

        await DockerCommand.RunAsync(bench.Host, cancellationToken, "tag", outside.ExternalName, image);
        await DockerCommand.RunAsync(bench.Host, cancellationToken, "image", "rm", outside.ExternalName);
    }
}
