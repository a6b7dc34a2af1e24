using System.CommandLine;
using Orchestrator.Diagnostics;
using Orchestrator.Publishing;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator verify</c>: whether a release is in its registries as its manifest says. Needs no engine.</summary>
internal static class VerifyCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var manifest = new Argument<string>("manifest") { Description = "The file of a release manifest." };
        var at = new Option<string?>("--at") { Description = "Look at the place that the release was promoted to, such as registry.example/stable." };
        var command = new Command("verify", "Checks that a release is in its registries as its manifest says.") { manifest, at };
        command.Options.Add(common.Progress);
        command.SetAction((parse, cancellationToken) => RunAsync(
            parse.GetValue(manifest)!, parse.GetValue(at), Reporter.Create(parse.GetValue(common.Progress), parse.InvocationConfiguration.Output, environment), environment, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string manifest, string? at, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var file = Path.GetFullPath(manifest, environment.CurrentDirectory);
        if (await ReleaseFile.ReadAsync(file, diagnostics, cancellationToken).ConfigureAwait(false) is { } release)
        {
            using var registries = RegistryAccess.Open(environment);
            var count = await new ReleaseCheck(registries, new PublishOptions(), new PublishFindings(diagnostics), new SourceSpan(file)).RunAsync(release, at, cancellationToken).ConfigureAwait(false);
            if (!diagnostics.HasErrors)
            {
                reporter.Say($"{count} images are as the release says");
            }
        }

        reporter.ReportAll(diagnostics);
        return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }
}
