using System.CommandLine;
using Orchestrator.Diagnostics;
using Orchestrator.Tool;
using Orchestrator.Tool.Commands;

var common = new CommonOptions();
ToolEnvironment? environment = null;
ParseResult? parse = null;
try
{
    environment = ToolEnvironment.Capture();
    if (environment is null)
    {
        await Console.Error.WriteLineAsync(Rules.NoWorkingDirectory.Anywhere().ToString()).ConfigureAwait(false);
        return ExitCode.Failed;
    }

    var root = new RootCommand("Builds every container image of a repository: bases first, and nothing when nothing changed.")
    {
        BuildCommand.Create(common, environment),
        PlanCommand.Create(common, environment),
        GraphCommand.Create(common, environment),
        CleanCommand.Create(common, environment),
    };
    parse = root.Parse(args);
    foreach (var error in parse.Errors)
    {
        await Console.Error.WriteLineAsync($"orchestrator: {error.Message}").ConfigureAwait(false);
    }

    return parse.Errors.Count > 0 ? ExitCode.Usage
        : await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10) }).ConfigureAwait(false);
}
catch (OperationCanceledException)
{
    return ExitCode.Cancelled;
}
catch (Exception exception) // the edge: whatever nothing else foresaw ends here as one diagnostic
{
    LastResort.Tell(exception, environment, parse?.GetValue(common.Progress) ?? ProgressForm.Auto, Console.Out, Console.Error);
    return ExitCode.Failed;
}
