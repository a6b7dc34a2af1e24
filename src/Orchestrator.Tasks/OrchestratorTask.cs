using System;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Orchestrator.Tasks;

/// <summary>
/// Starts the tool for one command and logs what it reports, line by line (<see cref="ToolLine"/>). Knows the tool's command line and
/// nothing of images. Cancelling kills the tool and what it started, which is <see cref="ToolTask"/>'s doing.
/// </summary>
public abstract partial class OrchestratorTask : ToolTask
{
    private ToolReport? _report;
    private ToolProgram? _tool;
    private string? _host;

    /// <summary>Images take minutes, and the tool does all of it: meanwhile the node that started it builds other projects.</summary>
    protected OrchestratorTask() => YieldDuringToolExecution = true;

    /// <summary>The graph file, absolute.</summary>
    [Required]
    public string GraphFile { get; set; } = string.Empty;

    /// <summary>The folder of the tool; see <see cref="ToolProgram"/>.</summary>
    [Required]
    public string ToolDirectory { get; set; } = string.Empty;

    /// <summary>What lines about images begin with, the project's name: MSBuild's terminal logger shows none that begin otherwise. As the tool says it when empty.</summary>
    public string? ProjectName { get; set; }

    /// <summary>The dotnet that runs this build; found in the environment when empty.</summary>
    public string? DotNetHostPath { get; set; }

    /// <summary>The images to look at, with what they are built from; all when empty. A string, so that a semicolon escaped on a command line splits it too.</summary>
    public string? Images { get; set; }

    /// <summary>One of the graph's environments; none when empty.</summary>
    public string? GraphEnvironment { get; set; }

    /// <summary>What it means that no engine can be reached: <c>warn</c>, <c>error</c> or <c>skip</c>. Default: <c>error</c> in continuous integration, else <c>warn</c>.</summary>
    public string? EngineMissing { get; set; }

    /// <summary>True on a build agent.</summary>
    public bool ContinuousIntegration { get; set; }

    /// <summary>The graph's images as the tool reported them.</summary>
    [Output]
    public ITaskItem[] ImageItems => _report?.Images ?? [];

    protected override string ToolName => _tool?.Name ?? DotNetHost.FileName;

    protected override Encoding ResponseFileEncoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    protected override Encoding StandardOutputEncoding => Encoding.UTF8;

    protected override Encoding StandardErrorEncoding => Encoding.UTF8;

    // The two differ so that LogEventsFromTextOutput can tell the streams apart; no line is logged with them.
    protected override MessageImportance StandardOutputLoggingImportance => MessageImportance.Low;

    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.High;

    /// <summary>The command and its options.</summary>
    internal abstract ToolArguments Arguments();

    /// <summary>A command that plans, for which the graph's .NET projects are published first, here and not by the tool.</summary>
    internal ToolArguments PlanningCommand(string name) => EngineCommand(name).AddOption("--projects", _published ?? "tell");

    /// <summary>A command that asks an engine.</summary>
    internal ToolArguments EngineCommand(string name) =>
        Command(name).AddOption("--engine-missing", string.IsNullOrWhiteSpace(EngineMissing) ? (ContinuousIntegration ? "error" : "warn") : EngineMissing);

    /// <summary>A command that needs none.</summary>
    internal ToolArguments Command(string name) =>
        new ToolArguments().Add(name).AddOption("--file", GraphFile).AddOption("--environment", GraphEnvironment).AddOption("--progress", "msbuild");

    protected override bool ValidateParameters()
    {
        _report = new ToolReport(Log, GraphFile, ProjectName);
        _host = DotNetHost.Find(DotNetHostPath, DotNetHost.Reader(Environment.GetEnvironmentVariables(), RuntimeInformation.IsOSPlatform(OSPlatform.Windows)));
        _tool = ToolProgram.Find(ToolDirectory, _host);
        if (_tool is null && _host is null)
        {
            _report.Fail("ORC0003", "Orchestrator cannot start: no dotnet was found in DOTNET_HOST_PATH, PATH or DOTNET_ROOT. Install the .NET SDK 10 or later (https://aka.ms/dotnet/download).");
        }
        else if (_tool is null)
        {
            _report.Fail("ORC0004", $"Orchestrator cannot start: {ToolProgram.WhyNone(ToolDirectory)}. Restore the package again, or correct OrchestratorToolDirectory.");
        }

        return !Log.HasLoggedErrors;
    }

    protected override string GenerateFullPathToTool() => _tool!.File;

    protected override string GenerateCommandLineCommands() => _tool!.Arguments;

    protected override string GenerateResponseFileCommands() => Arguments().ToResponseFile();

    /// <summary>As they are: outside Windows MSBuild would make a slash of every backslash, also where it is no path.</summary>
    protected override string AdjustCommandsForOperatingSystem(string input) => input;

    protected override void LogToolCommand(string message) => Log.LogCommandLine(MessageImportance.Low, message);

    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        Action<string> take = messageImportance == StandardErrorLoggingImportance ? _report!.Error : _report!.Output;
        take(singleLine);
    }
}
