using System.CommandLine;
using Orchestrator.Diagnostics;
using Orchestrator.Publishing;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator promote</c>: another place or name for what was published, without building. Needs no engine.</summary>
internal static class PromoteCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var from = new Argument<string>("from") { Description = "An image, such as registry.example/acme/api:1.4.0, or the file of a release manifest." };
        var to = new Argument<string>("to") { Description = "An image; for a release, what its repositories begin with there, such as registry.example/stable." };
        var tags = new Option<string[]>("--tag") { Description = "For a release: the tag that all its images get, instead of the release's own; several times for several.", Arity = ArgumentArity.ZeroOrMore };
        var dryRun = new Option<bool>("--dry-run") { Description = "Ask the registries and show what would happen; change nothing." };
        var manifest = new Option<string?>("--manifest") { Description = "For a release: write its manifest as it is in the new place to this file." };
        var command = new Command("promote", "Copies published images by digest, inside a registry or to another one, and tags them there.") { from, to, tags, dryRun, manifest };
        command.Options.Add(common.Progress);
        command.SetAction((parse, cancellationToken) => RunAsync(
            parse.GetValue(from)!, parse.GetValue(to)!, parse.GetValue(tags) ?? [], parse.GetValue(dryRun), parse.GetValue(manifest),
            Reporter.Create(parse.GetValue(common.Progress), parse.InvocationConfiguration.Output, environment), environment, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string from, string to, IReadOnlyList<string> tags, bool isDryRun, string? manifest, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var findings = new PublishFindings(diagnostics);
        var file = Path.GetFullPath(from, environment.CurrentDirectory);
        var span = File.Exists(file) ? new SourceSpan(file) : SourceSpan.None;
        using var registries = RegistryAccess.Open(environment);
        try
        {
            var release = File.Exists(file) ? await ReleaseFile.ReadAsync(file, diagnostics, cancellationToken).ConfigureAwait(false) : null;
            var images = await ImagesAsync(from, to, tags, release, File.Exists(file), new PromotionRequest(registries, diagnostics), cancellationToken).ConfigureAwait(false);
            if (!diagnostics.HasErrors)
            {
                var text = new PublishText(reporter);
                var promotion = new Promotion(registries, text, new PublishOptions(), findings, span) { IsDryRun = isDryRun };
                var plan = await promotion.PlanAsync(images, cancellationToken).ConfigureAwait(false);
                if (isDryRun)
                {
                    text.Show(plan);
                }
                else if (!diagnostics.HasErrors && await promotion.RunAsync(plan, cancellationToken).ConfigureAwait(false) is { } promoted)
                {
                    if (manifest is not null && release is not null)
                    {
                        ReleaseFile.Write(Path.GetFullPath(manifest, environment.CurrentDirectory), release.At(to, tags), diagnostics);
                    }

                    reporter.Say(PublishText.Summary(promoted));
                }
            }
        }
        catch (Exception exception) when (PublishFailure.Explain(exception, span) is { } diagnostic)
        {
            findings.Add(diagnostic);
        }

        reporter.ReportAll(diagnostics);
        return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    private static async Task<IReadOnlyList<PromotedImage>> ImagesAsync(
        string from, string to, IReadOnlyList<string> tags, ReleaseManifest? release, bool isRelease, PromotionRequest request, CancellationToken cancellationToken) =>
        release is not null ? request.Read(release, to, tags)
        : isRelease ? []
        : await request.ReadAsync(from, to, cancellationToken).ConfigureAwait(false) is { } image ? [image]
        : [];
}
