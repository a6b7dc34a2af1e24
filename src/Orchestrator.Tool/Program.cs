using System.CommandLine;
using Orchestrator.Diagnostics;
using Orchestrator.Tool;

var common = new CommonOptions();
ToolEnvironment? environment = null;
ParseResult? parse = null;
SteadyWriter? output = null;
try
{
    environment = ToolEnvironment.Capture();
    if (environment is null)
    {
        await Console.Error.WriteLineAsync(Rules.NoWorkingDirectory.Anywhere().ToString()).ConfigureAwait(false);
        return ExitCode.Failed;
    }

    parse = CommandTree.Create(common, environment).Parse(args);
    if (UsageError.Of(parse) is { } error)
    {
        await Console.Error.WriteLineAsync(error).ConfigureAwait(false);
        return ExitCode.Usage;
    }

    output = ProgramOutput.Open(parse.GetValue(common.Progress));
    var code = await parse.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, Interruption.Watch()).ConfigureAwait(false);
    output.Check();
    return code;
}
catch (OperationCanceledException)
{
    return ExitCode.Cancelled;
}
catch (Exception exception) // the edge: whatever nothing else foresaw ends here as one diagnostic
{
    LastResort.Tell(exception, environment, parse?.GetValue(common.Progress) ?? ProgressForm.Auto, output?.Inner ?? Console.Out, Console.Error);
    return ExitCode.Failed;
}
