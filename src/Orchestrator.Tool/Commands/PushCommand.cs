using System.CommandLine;
using Orchestrator.Diagnostics;
using Orchestrator.Keys;
using Orchestrator.Planning;
using Orchestrator.Publishing;
using Orchestrator.Tagging;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator push</c>: brings what was built into its registries and tags it there.</summary>
internal static class PushCommand
{
    public static Command Create(CommonOptions common, ToolEnvironment environment)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Ask the registries and show what would happen; change nothing." };
        var build = new Option<bool>("--build") { Description = "Build first what is not up to date." };
        var requireTests = new Option<bool>("--require-tests") { Description = "Run the tests of the images first, those not passed before, and push nothing when one fails." };
        var manifest = new Option<string?>("--manifest") { Description = "Write the release manifest (JSON) to this file when everything is published." };
        var parallel = new Option<int>("--parallel", "-j") { Description = "Images that may be pushed at the same time.", DefaultValueFactory = _ => new PublishOptions().Parallel };
        var release = new ReleaseOptions();
        var command = new Command("push", "Pushes the images and tags them in their registries: every image first, then versions, then moving tags.") { dryRun, build, requireTests, manifest, parallel };
        common.AddTo(command);
        AtLeastOne.Require(parallel);
        release.AddTo(command);
        command.SetAction((parse, cancellationToken) =>
        {
            var reporter = Reporter.Create(parse.GetValue(common.Progress), parse.InvocationConfiguration.Output, environment);
            var request = new PushRequest(
                common.Workspace(parse), parse.GetValue(common.Missing), release.Read(parse), parse.GetValue(dryRun), parse.GetValue(build),
                parse.GetValue(requireTests), parse.GetValue(manifest), new PublishOptions { Parallel = parse.GetValue(parallel) });
            return RunAsync(request, reporter, environment, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(PushRequest request, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        using var told = reporter;
        var diagnostics = new DiagnosticBag();
        var connection = await EngineConnection.OpenAsync(environment, request.Missing, diagnostics, cancellationToken).ConfigureAwait(false);
        await using var closing = connection;
        var read = Workspace.Load(request.Workspace, connection?.Platform ?? Platforms.Default, environment, diagnostics);
        using var held = await HeldGraph.TakeAsync(read, request.Workspace, request.IsDryRun ? null : connection, environment, reporter, diagnostics, cancellationToken).ConfigureAwait(false);
        if (held.Graph is { } graph && connection is not null)
        {
            if (request.Builds && !request.IsDryRun)
            {
                var built = await new GraphBuild(connection, reporter, environment).RunAsync(graph, new PlanOptions { PullMissing = true }, GraphBuild.DefaultOptions(connection, environment), cancellationToken).ConfigureAwait(false);
                if (built != ExitCode.Done)
                {
                    reporter.ReportAll(diagnostics);
                    return built;
                }
            }

            var tested = !request.RequiresTests || request.IsDryRun ? null : await TestAsync(held, request, connection, reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false);
            if (!diagnostics.HasErrors)
            {
                await PublishAsync(held, request, tested, connection, reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false);
            }
        }

        reporter.ReportAll(diagnostics);
        return diagnostics.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    /// <returns>The keys of the images that passed; a test that fails or could not be run is in <paramref name="diagnostics"/>.</returns>
    private static async Task<IReadOnlySet<CacheKey>> TestAsync(
        HeldGraph held, PushRequest request, EngineConnection connection, IRunReporter reporter, ToolEnvironment environment, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var results = await ImageTesting.RunAsync(held, request.Workspace.Images, ImageTesting.DefaultOptions(environment), connection, reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false) ?? [];
        diagnostics.AddRange(results.Select(result => result.Failure).OfType<Diagnostic>());
        return results.Select(result => result.Image.Key!.Value).ToHashSet();
    }

    private static async Task PublishAsync(
        HeldGraph held, PushRequest request, IReadOnlySet<CacheKey>? tested, EngineConnection connection, IRunReporter reporter, ToolEnvironment environment, DiagnosticBag diagnostics,
        CancellationToken cancellationToken)
    {
        using var publishing = await HeldGraph.TakeToPublishAsync(held.Graph, request.Workspace, connection, environment, reporter, diagnostics, cancellationToken).ConfigureAwait(false); // a dry run's are not published yet
        var planned = publishing.Graph is null ? null : await GraphPlanning.RunAsync(publishing.Graph, connection, new PlanOptions(), reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false);
        if (planned is null)
        {
            return;
        }

        var plan = planned.Plan;
        var facts = await ReleaseOptions.FactsAsync(request.Release, plan.Graph.Graph, environment, diagnostics, cancellationToken).ConfigureAwait(false);
        var awaited = 0;
        var images = Images(plan, request.Workspace.Images, facts, diagnostics, request.Builds ? Later : null);
        // The plan is a new one, so that what changed meanwhile is another image.
        diagnostics.AddRange(images.Where(image => tested is not null && image.Node.Tests.Count > 0 && !tested.Contains(image.Key))
            .Select(image => Rules.TestedImageMissing.At(image.Node.Span, image.Node.DisplayName, "its inputs changed while the tests ran")));
        if (diagnostics.HasErrors || images.Count == 0)
        {
            if (!diagnostics.HasErrors && awaited == 0)
            {
                TellNothing(request, plan, reporter, diagnostics);
            }

            return;
        }

        using var registries = RegistryAccess.Open(connection);
        var text = new PublishText(reporter);
        var happens = reporter.Publishing;
        var findings = new PublishFindings(diagnostics);
        var pushes = await new PublishPlanner(registries, request.Options.Parallel, findings, request.Builds) { IsDryRun = request.IsDryRun }.PlanAsync(images, cancellationToken).ConfigureAwait(false);
        if (request.IsDryRun)
        {
            text.Show(pushes);
        }

        if (diagnostics.HasErrors || request.IsDryRun)
        {
            return;
        }

        if (tested is not null)
        {
            await new PublishedTesting(held, connection, reporter, environment, findings).RunAsync(pushes, request.Options.Parallel, cancellationToken).ConfigureAwait(false);
            if (diagnostics.HasErrors)
            {
                return;
            }
        }

        var engine = new EnginePush(connection.Engine, connection.Credentials, registries, plan.Graph.Graph, happens, TimeProvider.System);
        var published = await new PublishRun(engine, registries, happens, request.Options, findings).RunAsync(pushes, cancellationToken).ConfigureAwait(false);
        if (published is not null)
        {
            if (request.Manifest is { } file)
            {
                var memory = new RegistryMemory(registries, plan.Graph.Graph, new DiagnosticBag());
                var others = await new PublishedBases(memory, request.Options).FindOthersAsync(published, cancellationToken).ConfigureAwait(false);
                ReleaseFile.Write(Path.GetFullPath(file, environment.CurrentDirectory), new ReleaseRecord(plan, facts, planned.Externals).Of(published, others), diagnostics);
            }

            reporter.Say(PublishText.Summary(published));
        }

        void Later(PlannedImage image)
        {
            awaited++;
            reporter.Say(PublishText.Later(image));
        }
    }

    /// <summary>Why it is so was warned of when the tags were made; whoever relies on a release being there gets an error.</summary>
    private static void TellNothing(PushRequest request, Plan plan, IRunReporter reporter, DiagnosticBag diagnostics)
    {
        if (request.Manifest is { } file)
        {
            diagnostics.Add(Rules.NoReleaseManifest.At(new SourceSpan(plan.Graph.Graph.File), file));
        }

        if (!request.IsDryRun)
        {
            reporter.Say(PublishText.Summary(Array.Empty<PublishedImage>()));
        }
    }

    /// <summary>
    /// What is published: of what was asked for, all that has tags; where registries remember builds, all of it, so that others find what theirs is
    /// built from. A selection brings along what it is built from, which is not pushed.
    /// </summary>
    /// <param name="later">Told of an image that will be built and has no key before; null: that is an error.</param>
    private static List<ReleaseImage> Images(Plan plan, IReadOnlyList<string> names, ReleaseFacts facts, DiagnosticBag diagnostics, Action<PlannedImage>? later)
    {
        var wanted = plan.Images.Where(image => WantedImages.Include(names, image.Image.Node)).ToDictionary(image => image.Image.Node);
        var tags = new ReleaseTags(plan.Graph.Graph, facts, diagnostics).Resolve([.. wanted.Keys], node => wanted[node].Key);
        var images = new List<ReleaseImage>();
        foreach (var image in tags)
        {
            var planned = wanted[image.Node];
            var home = plan.Graph.Graph.Memory.IsOn == true || image.Tags.Count > 0 ? KeyHome.Of(plan.Graph.Graph, image.Node) : null;
            if (home is null && image.Tags.Count == 0)
            {
                continue;
            }

            if (planned.Key is null && later is not null)
            {
                later(planned);
                continue;
            }

            if (planned.Key is null)
            {
                diagnostics.Add(Rules.NotBuilt.At(image.Node.Span, image.Node.DisplayName, planned.Reason));
                continue;
            }

            images.Add(new ReleaseImage(planned, home ?? image.Tags[0].Reference with { Tag = null }, image.Tags));
        }

        return images;
    }
}
