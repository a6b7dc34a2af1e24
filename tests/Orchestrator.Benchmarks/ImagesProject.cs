using Orchestrator.Benchmarks.Measuring;

namespace Orchestrator.Benchmarks;

/// <summary>"dotnet build" of the graph, and of a project with nothing in it: what is between them is ours.</summary>
internal sealed class ImagesProject(Places places, string directory, string state)
{
    private const string Empty = """<Project Sdk="Microsoft.Build.NoTargets/3.7.0"><PropertyGroup><TargetFramework>netstandard2.0</TargetFramework></PropertyGroup></Project>""";

    private readonly string _empty = Path.Join(places.Work, "empty");

    /// <summary>No server and no worker stays behind, of either.</summary>
    private readonly Dictionary<string, string> _environment = new()
    {
        ["DOCKER_HOST"] = places.Engine,
        ["XDG_CACHE_HOME"] = state,
        ["NUGET_PACKAGES"] = places.Packages,
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
    };

    /// <summary>Writes both projects and lets NuGet fetch what they name; afterwards the package's tool is where <see cref="Places.Tool"/> says.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        foreach (var folder in (string[])[directory, _empty])
        {
            Directory.CreateDirectory(folder);
            foreach (var stop in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            {
                await File.WriteAllTextAsync(Path.Join(folder, stop), "<Project />", cancellationToken).ConfigureAwait(false);
            }
        }

        await File.WriteAllTextAsync(Path.Join(_empty, "empty.csproj"), Empty, cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Join(directory, "images.csproj"), $"""<Project Sdk="Orchestrator.Sdk/{places.Version}" />""", cancellationToken).ConfigureAwait(false);
        var feeds = $"""<configuration><packageSources><clear /><add key="local" value="{places.Feed}" /></packageSources></configuration>""";
        await File.WriteAllTextAsync(Path.Join(directory, "nuget.config"), feeds, cancellationToken).ConfigureAwait(false);
        foreach (var folder in (string[])[directory, _empty])
        {
            (await CommandRun.RunAsync("dotnet", ["restore", "--nologo"], folder, _environment, cancellationToken).ConfigureAwait(false)).Checked();
        }
    }

    /// <summary>The graph is up to date before and after.</summary>
    public async Task<ResultTable> MeasureAsync(int runs, CancellationToken cancellationToken)
    {
        var table = new ResultTable("an images project", "an empty NoTargets project", "difference, s", (images, empty) => images - empty);
        var (images, empty) = table.Row("`dotnet build`");
        for (var run = 0; run <= runs; run++)
        {
            foreach (var (folder, samples) in ((string, Samples)[])[(directory, images), (_empty, empty)])
            {
                await places.RestAsync(cancellationToken).ConfigureAwait(false);
                var ended = await CommandRun.RunAsync("dotnet", ["build", "--nologo", "-tl:off"], folder, _environment, cancellationToken).ConfigureAwait(false);
                if (ended.ExitCode != 0 || ended.Output.Contains("building ", StringComparison.Ordinal))
                {
                    samples.Fail($"exit code {ended.ExitCode}");
                }
                else if (run > 0) // the first run only warms up
                {
                    samples.Add(ended.Duration);
                }
            }
        }

        return table;
    }
}
