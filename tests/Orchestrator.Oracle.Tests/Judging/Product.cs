using System.CommandLine;
using System.Text.Json;
using Orchestrator.Tool;
using Orchestrator.Tool.Commands;

namespace Orchestrator.Oracle.Tests.Judging;

/// <summary>
/// The product as its users see it, <c>orchestrator plan --json</c> and <c>orchestrator build</c>; in this process, because a run asks thousands of times.
/// </summary>
internal sealed class Product : IDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("orchestrator-oracle-state-").FullName;

    public Product(string host, string root)
    {
        var here = ToolEnvironment.Capture() ?? throw new InvalidOperationException("The working directory is gone.");
        var variables = here.Variables.Where(variable => variable.Key == "PATH").Append(new("DOCKER_HOST", host)).ToDictionary(StringComparer.Ordinal);
        Environment = here with { Variables = variables, CurrentDirectory = root, HomeDirectory = _state, StateDirectory = _state };
    }

    /// <summary>The surroundings that the command is given.</summary>
    public ToolEnvironment Environment { get; }

    public async Task<PlanReport> PlanAsync(CancellationToken cancellationToken)
    {
        var (code, text) = await RunAsync(["plan", "--json"], cancellationToken);
        return Read(code, text);
    }

    /// <summary>What <c>plan --json</c> printed: diagnostics, if any, then the plan.</summary>
    public static PlanReport Read(int code, string text)
    {
        var begin = text.IndexOf("{\n", StringComparison.Ordinal);
        if (begin < 0)
        {
            return new PlanReport(new Dictionary<string, Planned>(), text);
        }

        using var json = JsonDocument.Parse(text[begin..]);
        var images = json.RootElement.GetProperty("images").EnumerateArray()
            .Select(image => new Planned(image.GetProperty("name").GetString()!, image.GetProperty("key").GetString(), image.GetProperty("action").GetString()!, image.GetProperty("reason").GetString()!));
        return new PlanReport(images.ToDictionary(image => image.Name, StringComparer.Ordinal), code == 0 ? null : text[..begin]);
    }

    /// <returns>The exit code and everything that was printed.</returns>
    public Task<(int Code, string Text)> BuildAsync(CancellationToken cancellationToken) => RunAsync(["build", "--progress", "plain"], cancellationToken);

    public void Dispose() => Directory.Delete(_state, recursive: true);

    private async Task<(int Code, string Text)> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var common = new CommonOptions();
        var root = new RootCommand { PlanCommand.Create(common, Environment), BuildCommand.Create(common, Environment) };
        await using var output = new StringWriter();
        var configuration = new InvocationConfiguration { Output = output, Error = output, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        var code = await root.Parse(arguments).InvokeAsync(configuration, cancellationToken);
        return (code, output.ToString());
    }
}
