using System.CommandLine;
using System.CommandLine.Help;
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

    // Not a RootCommand: that would call itself by the name of the file, Orchestrator.Tool.
    var root = new Command("orchestrator", "Builds every container image of a repository: bases first, and nothing when nothing changed.")
    {
        new HelpOption(),
        new VersionOption(),
        BuildCommand.Create(common, environment),
        TestCommand.Create(common, environment),
        PlanCommand.Create(common, environment),
        WhyCommand.Create(common, environment),
        CheckCommand.Create(common, environment),
        GraphCommand.Create(common, environment),
        ImagesCommand.Create(common, environment),
        TagsCommand.Create(common, environment),
        LockCommand.Create(common, environment),
        CiCommand.Create(common, environment),
        InitCommand.Create(environment),
        FixCommand.Create(common, environment),
        CleanCommand.Create(common, environment),
        PushCommand.Create(common, environment),
        PromoteCommand.Create(common, environment),
        VerifyCommand.Create(common, environment),
        SchemaCommand.Create(),
    };
    parse = root.Parse(args);
    if (parse.Errors.Count > 0)
    {
        var errors = string.Join(' ', parse.Errors.Select(error => error.Message).Distinct());
        await Console.Error.WriteLineAsync($"orchestrator: {errors} 'orchestrator --help' lists what there is.").ConfigureAwait(false);
        return ExitCode.Usage;
    }

    return await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10) }).ConfigureAwait(false);
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
