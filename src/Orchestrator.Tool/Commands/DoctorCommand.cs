using System.CommandLine;
using Orchestrator.Tool.Doctor;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator doctor</c>: what there is to build with, what is missing, and what to do about it. Changes nothing.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var command = new Command("doctor", "Shows what there is to build with: engine, image store, disk, git, logins; and what to do where something is missing.") { common.File, common.GraphEnvironment };
        command.SetAction((parse, cancellationToken) => RunAsync(
            new WorkspaceOptions(parse.GetValue(common.File), parse.GetValue(common.GraphEnvironment), []), parse.InvocationConfiguration.Output, environment, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(WorkspaceOptions options, TextWriter output, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var seen = new List<Observation> { MachineExamination.Tool() };
        var (connection, problems) = await EngineExamination.OpenAsync(environment, cancellationToken).ConfigureAwait(false);
        await using var closing = connection;
        seen.AddRange(connection is null ? problems : await new EngineExamination(connection).ExamineAsync(cancellationToken).ConfigureAwait(false));
        seen.AddRange(await new MachineExamination(environment).ExamineAsync(cancellationToken).ConfigureAwait(false));
        seen.AddRange(await new RegistryExamination(options, environment).ExamineAsync(cancellationToken).ConfigureAwait(false));
        foreach (var observation in seen)
        {
            await output.WriteLineAsync($"{Word(observation.Verdict),-8} {observation.Subject,-8} {observation.Text}").ConfigureAwait(false);
        }

        return seen.Exists(observation => observation.Verdict == Verdict.Error) ? ExitCode.Failed : ExitCode.Done;
    }

    private static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Error => "error",
        Verdict.Warning => "warning",
        _ => "ok",
    };
}
