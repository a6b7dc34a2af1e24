using System.CommandLine;
using Orchestrator.Tool.CiLogs;

namespace Orchestrator.Tool.Reporters;

/// <summary>Chooses the form.</summary>
internal static class Reporter
{
    /// <summary>Where standard output is JSON, nothing else may stand in it.</summary>
    public static IRunReporter Beside(bool json, ProgressForm form, InvocationConfiguration streams, ToolEnvironment environment) =>
        Create(form, json ? streams.Error : streams.Output, environment);

    /// <param name="form">As it was asked for.</param>
    /// <param name="output">Where lines go.</param>
    /// <param name="environment">What is around the process; null: nothing is known of it, and the form is plain.</param>
    public static IRunReporter Create(ProgressForm form, TextWriter output, ToolEnvironment? environment = null)
    {
        var log = environment is null ? new CiLog() : CiLog.Of(environment.Variables);
        if (environment is not null && output == Console.Out && (form == ProgressForm.Tty || (form == ProgressForm.Auto && Terminal.IsThere(environment))))
        {
            return new LiveReporter(Terminal.Open(environment), TimeProvider.System);
        }

        return form switch
        {
            ProgressForm.MSBuild => new MSBuildReporter(output, log),
            ProgressForm.Json => new JsonReporter(output, TimeProvider.System),
            _ => new PlainReporter(output, form == ProgressForm.Quiet, log, TimeProvider.System),
        };
    }
}
