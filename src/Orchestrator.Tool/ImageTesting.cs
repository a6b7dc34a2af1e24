using Orchestrator.Diagnostics;
using Orchestrator.Graph;
using Orchestrator.Planning;
using Orchestrator.State;
using Orchestrator.Testing;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool;

/// <summary>The tests of images that are there, for the commands that run them.</summary>
internal static class ImageTesting
{
    public static TestOptions DefaultOptions(ToolEnvironment environment) => new() { Parallel = environment.UsualParallel };

    /// <param name="held">What may be tested. Prerequisite: it was read.</param>
    /// <param name="names">Of what is wanted; empty is all. What it is built from is not tested with it.</param>
    /// <returns>Null when an image is not there or the plan fails; why is in <paramref name="diagnostics"/>.</returns>
    public static async Task<IReadOnlyList<TestResult>?> RunAsync(
        HeldGraph held, IReadOnlyList<string> names, TestOptions options, EngineConnection connection, IRunReporter reporter, ToolEnvironment environment,
        DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        var planned = await GraphPlanning.RunAsync(held.Graph!, connection, new PlanOptions(), reporter, environment, diagnostics, cancellationToken).ConfigureAwait(false);
        if (planned is null)
        {
            return null;
        }

        var images = planned.Plan.Images.Where(image => image.Image.Node.Tests.Count > 0 && WantedImages.Include(names, image.Image.Node)).ToList();
        foreach (var image in images.Where(image => !IsThere(image)))
        {
            diagnostics.Add(Rules.TestedImageMissing.At(image.Image.Node.Span, image.Image.Node.DisplayName, image.Reason));
        }

        foreach (var image in images.Where(image => image.Image.Platforms?.Contains(PlatformName.Normalize(connection.Platform)) == false))
        {
            diagnostics.Add(Rules.TestOfOtherPlatform.At(image.Image.Node.Tests[0].Span, image.Image.Node.DisplayName, connection.Platform, string.Join(", ", image.Image.Platforms!)));
        }

        if (diagnostics.HasErrors)
        {
            return null;
        }

        return await RunAsync(held, images, options, connection, reporter, environment, cancellationToken).ConfigureAwait(false);
    }

    /// <param name="held">Whose images they are. Prerequisite: it was read.</param>
    /// <param name="images">Each has a key and an image on the engine.</param>
    public static Task<IReadOnlyList<TestResult>> RunAsync(
        HeldGraph held, IReadOnlyList<PlannedImage> images, TestOptions options, EngineConnection connection, IRunReporter reporter, ToolEnvironment environment, CancellationToken cancellationToken)
    {
        var graph = held.Graph!.Graph.Graph;
        var marks = new ContainerMarks(Owner(environment, graph.File), GraphState.NameFor(graph.Name), held.IsAlone, TimeProvider.System);
        var containers = new ContainerTest(connection.Engine, marks, reporter.Report);
        var passed = new PassedTests(new GraphState(environment.StateDirectory, graph.File), connection.Identity);
        return new TestRun(connection.Engine, containers, passed, options, new TestText(reporter).Tell, TimeProvider.System).RunAsync(images, cancellationToken);
    }

    private static bool IsThere(PlannedImage image) => image is { Action: PlanAction.UpToDate or PlanAction.Retag, Key: not null, ImageId: not null };

    private static string Owner(ToolEnvironment environment, string file) =>
        GraphState.NameFor($"{environment.MachineName}\n{environment.StateDirectory}\n{file}");
}
