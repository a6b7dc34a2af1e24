using System.CommandLine;
using Orchestrator.Changes;
using Orchestrator.Diagnostics;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator ci</c>: the images as jobs of a CI system, in waves; all, or those that changes affect.</summary>
internal static class CiCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var format = new Option<CiFormat>("--format") { HelpName = "json|github|azure|gitlab", Description = "The CI system that the jobs are for.", DefaultValueFactory = _ => CiFormat.Json };
        var since = new Option<string?>("--since") { Description = "Only the images that are others than at this git revision, by their keys." };
        var pull = new Option<bool>("--pull") { Description = "Pull external images that are not here, to know what their ONBUILD reads." };
        var missing = new Option<EngineMissing?>("--engine-missing") { HelpName = "error|warn|skip", Description = "What it means when --since can reach no engine. Default: skip, and error with --pull." };
        var command = new Command("ci", "Writes the images as jobs of a CI system, in waves.") { format, since, pull, missing };
        common.AddTo(command, asksEngine: false);
        command.SetAction((parse, cancellationToken) => RunAsync(
            common.Workspace(parse), parse.GetValue(format), parse.GetValue(since), parse.GetValue(pull), parse.GetValue(missing) ?? (parse.GetValue(pull) ? EngineMissing.Error : EngineMissing.Skip),
            parse.InvocationConfiguration.Output, Reporter.Create(parse.GetValue(common.Progress), parse.InvocationConfiguration.Error, environment), environment, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        WorkspaceOptions workspace, CiFormat format, string? since, bool pull, EngineMissing missing, TextWriter output, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        // An engine tells what external images bring along; without one, more counts. What else is asked for needs none.
        var connection = since is null ? null : await EngineConnection.OpenAsync(environment, missing, diagnostics, cancellationToken).ConfigureAwait(false);
        await using var closing = connection;
        var loaded = Workspace.Load(workspace, connection?.Platform ?? Platforms.Default, environment, diagnostics);
        if (loaded is not null && !diagnostics.HasErrors)
        {
            var comparison = new RevisionComparison(connection, pull, reporter, environment, diagnostics);
            var (images, commit) = since is null
                ? (loaded.Graph.Images.Select(image => (Image: image, Reason: "all were asked for")).ToList(), null)
                : await comparison.SinceAsync(loaded, workspace, since, cancellationToken).ConfigureAwait(false);
            if (!diagnostics.HasErrors)
            {
                var reasons = images.ToDictionary(item => item.Image.Name, item => item.Reason, StringComparer.Ordinal);
                await output.WriteAsync(CiText.Write(format, loaded.Graph.Graph.Name, commit, BuildWave.Of(images.Select(item => item.Image)), reasons)).ConfigureAwait(false);
            }
        }

        reporter.ReportAll(diagnostics);
        return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }
}
