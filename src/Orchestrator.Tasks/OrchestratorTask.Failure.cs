using System;
using System.IO;

namespace Orchestrator.Tasks;

/// <content>What a person is told when the tool did not start or did not end well.</content>
public abstract partial class OrchestratorTask
{
    /// <summary>A response file that cannot be written, on a full disk say, is one sentence; not MSBuild's MSB6003 with its stack.</summary>
    protected override int ExecuteTool(string pathToTool, string responseFileCommands, string commandLineCommands)
    {
        try
        {
            return base.ExecuteTool(pathToTool, responseFileCommands, commandLineCommands);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _report!.Fail("ORC0004", $"Orchestrator cannot start: its response file in '{Path.GetTempPath()}' cannot be written: {exception.Message.TrimEnd('.')}.");
            return -1;
        }
    }

    /// <summary>Says why the tool failed, unless it said so itself; instead of MSBuild's MSB6006.</summary>
    protected override bool HandleTaskExecutionErrors()
    {
        if (!Log.HasLoggedErrors && MissingRuntime.Describe(ExitCode, _tool!.File, _report!.Tail) is { } missing)
        {
            _report.Fail("ORC0003", missing);
        }
        else if (!Log.HasLoggedErrors)
        {
            _report!.Fail("ORC0004", string.Join("\n", [$"Orchestrator ended with exit code {ExitCode} and did not say why.", .. _report.Tail]));
        }

        return false;
    }
}
