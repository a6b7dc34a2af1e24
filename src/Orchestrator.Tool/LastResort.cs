using System.Reflection;
using Orchestrator.Diagnostics;
using Orchestrator.Docker;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool;

/// <summary>Makes one diagnostic of an exception that ended a command: the world's failures in their own words, anything else as a fault of ours.</summary>
internal static class LastResort
{
    /// <param name="exception">What ended the command.</param>
    /// <param name="environment">Says whether the stack trace is wanted; null when the failure came before it was read.</param>
    /// <param name="form">How the run is told; MSBuild's tasks and whoever reads JSON read standard output only.</param>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error, which is told when standard output cannot be written.</param>
    public static void Tell(Exception exception, ToolEnvironment? environment, ProgressForm form, TextWriter output, TextWriter error)
    {
        var diagnostic = Explain(exception, environment?.IsDebugging ?? false);
        try
        {
            Reporter.Create(form is ProgressForm.MSBuild or ProgressForm.Json ? form : ProgressForm.Plain, form is ProgressForm.MSBuild or ProgressForm.Json ? output : error, environment).Report(diagnostic);
        }
        catch (IOException)
        {
            error.WriteLine(diagnostic);
        }
    }

    /// <param name="exception">What ended the command.</param>
    /// <param name="withStack">Where it came from is wanted, too.</param>
    public static Diagnostic Explain(Exception exception, bool withStack) => exception switch
    {
        DockerUnreachableException => Rules.EngineUnreachableError.Anywhere(exception.Message),
        DockerApiException refused => Rules.EngineRefused.Anywhere(refused.EngineMessage),
        OutputLostException => Rules.OutputLost.Anywhere(exception.Message.TrimEnd('.')),
        _ => Rules.Fault.Anywhere(Version(), $"{exception.GetType()}: {exception.Message.TrimEnd('.')}.", withStack ? "\n" + exception : ""),
    };

    private static string Version() => typeof(LastResort).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "of an unknown version";
}
