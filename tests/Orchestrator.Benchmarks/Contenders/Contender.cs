using Orchestrator.Benchmarks.Measuring;

namespace Orchestrator.Benchmarks.Contenders;

/// <summary>Someone who builds the graph on an engine of his own.</summary>
internal sealed class Contender(string engine, string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, Func<CommandRun, int, string?> objection)
{
    private const int NamesAtOnce = 100;

    /// <summary>What no cold run removes.</summary>
    private readonly string _kept = Graphs.GeneratedGraph.External + ":";

    private readonly Dictionary<string, string> _environment = new(environment) { ["DOCKER_HOST"] = engine };

    /// <param name="directory">Where the graph is.</param>
    /// <param name="built">How many images have to be built; when it is another number, the measurement has failed.</param>
    /// <param name="samples">Take the measurement.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task MeasureAsync(string directory, int built, Samples samples, CancellationToken cancellationToken)
    {
        var run = await CommandRun.RunAsync(program, arguments, directory, _environment, cancellationToken).ConfigureAwait(false);
        if (objection(run, built) is { } reason)
        {
            samples.Fail(reason);
        }
        else
        {
            samples.Add(run.Duration);
        }
    }

    /// <summary>Takes all images and caches away from the engine.</summary>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        var listed = await DockerAsync(["image", "ls", "--format", "{{.Repository}}:{{.Tag}}"], cancellationToken).ConfigureAwait(false);
        var names = listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(name => !name.StartsWith(_kept, StringComparison.Ordinal) && !name.Contains("<none>", StringComparison.Ordinal));
        foreach (var some in names.Chunk(NamesAtOnce))
        {
            await DockerAsync(["image", "rm", "--force", .. some], cancellationToken).ConfigureAwait(false);
        }

        await DockerAsync(["image", "prune", "--force"], cancellationToken).ConfigureAwait(false);
        await DockerAsync(["builder", "prune", "--all", "--force"], cancellationToken).ConfigureAwait(false);
    }

    private async Task<CommandRun> DockerAsync(string[] command, CancellationToken cancellationToken) =>
        (await CommandRun.RunAsync("docker", command, "/", _environment, cancellationToken).ConfigureAwait(false)).Checked();
}
