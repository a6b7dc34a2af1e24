namespace Orchestrator.Tool.Reporters;

/// <summary>Chooses the form.</summary>
internal static class Reporter
{
    public static IRunReporter Create(ProgressForm form, TextWriter output) => form switch
    {
        ProgressForm.MSBuild => new MSBuildReporter(output),
        ProgressForm.Quiet => new PlainReporter(output, isQuiet: true),
        _ => new PlainReporter(output, isQuiet: false),
    };
}
