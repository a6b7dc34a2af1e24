using System.CommandLine;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Tool;
using Orchestrator.Tool.Commands;

var environment = ToolEnvironment.Capture();
var common = new CommonOptions();
var root = new RootCommand("Builds every container image of a repository: bases first, and nothing when nothing changed.")
{
    BuildCommand.Create(common, environment),
    PlanCommand.Create(common, environment),
    GraphCommand.Create(common, environment),
    TagsCommand.Create(common, environment),
    CleanCommand.Create(common, environment),
    PushCommand.Create(common, environment),
    PromoteCommand.Create(common, environment),
    VerifyCommand.Create(common, environment),
};
var parse = root.Parse(args);
if (parse.Errors.Count > 0)
{
    foreach (var error in parse.Errors)
    {
        await Console.Error.WriteLineAsync($"orchestrator: {error.Message}").ConfigureAwait(false);
    }

    return ExitCode.Usage;
}

try
{
    return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10) }).ConfigureAwait(false);
}
catch (OperationCanceledException)
{
    return ExitCode.Cancelled;
}
catch (DockerUnreachableException exception)
{
    await Console.Error.WriteLineAsync(Rules.EngineUnreachableError.Anywhere(exception.Message).ToString()).ConfigureAwait(false);
    return ExitCode.Failed;
}
catch (DockerApiException exception)
{
    await Console.Error.WriteLineAsync(Rules.EngineRefused.Anywhere(exception.EngineMessage).ToString()).ConfigureAwait(false);
    return ExitCode.Failed;
}
