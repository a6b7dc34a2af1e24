using System;
using System.ComponentModel;
using System.IO;

namespace Orchestrator.Tasks;

/// <content>What a person is told when the tool did not start or did not end well.</content>
public abstract partial class OrchestratorTask
{
    /// <summary>What a shell says of a program that cannot be executed, and a loader of one whose libraries it does not find.</summary>
    private static readonly int[] NotStarted = [126, 127];

    /// <summary>A response file that cannot be written, on a full disk say, is one sentence; not MSBuild's MSB6003 with its stack.</summary>
    protected override int ExecuteTool(string pathToTool, string responseFileCommands, string commandLineCommands)
    {
        try
        {
            return Start(pathToTool, responseFileCommands, commandLineCommands);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _report!.Fail("ORC0004", $"Orchestrator cannot start: its response file in '{Path.GetTempPath()}' cannot be written: {exception.Message.TrimEnd('.')}.");
            return -1;
        }
    }

    /// <summary>Where the system does not start the machine code, the assemblies do the work.</summary>
    private int Start(string pathToTool, string responseFileCommands, string commandLineCommands)
    {
        var assemblies = _tool!.IsMachineCode ? ToolProgram.FindBeside(ToolDirectory, _host) : null;
        string failure;
        try
        {
            var exitCode = base.ExecuteTool(pathToTool, responseFileCommands, commandLineCommands);
            if (assemblies is null || _report!.HasOutput || Array.IndexOf(NotStarted, exitCode) < 0)
            {
                return exitCode;
            }

            failure = string.Join("\n", _report.Tail);
        }
        catch (Win32Exception exception) when (assemblies is not null)
        {
            failure = exception.Message;
        }

        Log.LogMessage(Microsoft.Build.Framework.MessageImportance.Low, $"'{pathToTool}' could not be started, so the tool's assemblies are: {failure}");
        _tool = assemblies;
        return base.ExecuteTool(assemblies!.File, responseFileCommands, assemblies.Arguments);
    }

    /// <summary>Says why the tool failed, unless it said so itself; instead of MSBuild's MSB6006.</summary>
    protected override bool HandleTaskExecutionErrors()
    {
        if (!Log.HasLoggedErrors && MissingRuntime.Describe(ExitCode, _tool!.File, _report!.Tail) is { } missing)
        {
            _report.Fail("ORC0003", missing);
        }
        else if (!Log.HasLoggedErrors && ExitCode == PropertyMistake.ExitCode && PropertyMistake.Describe(_report!.Tail) is { } mistake)
        {
            _report.Fail("ORC0008", mistake);
        }
        else if (!Log.HasLoggedErrors)
        {
            _report!.Fail("ORC0004", string.Join("\n", [$"Orchestrator ended with exit code {ExitCode} and did not say why.", .. _report.Tail]));
        }

        return false;
    }
}
