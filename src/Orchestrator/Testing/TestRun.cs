using System.Globalization;
using Orchestrator.Graph.ImageTests;
using Orchestrator.Planning;

namespace Orchestrator.Testing;

/// <summary>Runs the tests of images that exist, as many at a time as allowed; what was passed before is not run.</summary>
/// <param name="containers">Runs one.</param>
/// <param name="passed">Remembers what was passed.</param>
/// <param name="options">How many, and whether they are remembered.</param>
/// <param name="tell">Receives each result as it is there; called from several threads.</param>
/// <param name="time">What clocks say.</param>
internal sealed class TestRun(ContainerTest containers, PassedTests passed, TestOptions options, Action<TestResult> tell, TimeProvider time)
{
    /// <summary>Bytes that are kept of each stream of a test, for the reports: all results are in memory until the end.</summary>
    public const int KeptOfPassed = 16 * 1024;

    /// <inheritdoc cref="KeptOfPassed" />
    public const int KeptOfFailed = 256 * 1024;

    /// <param name="images">Each has a key and an image on the engine.</param>
    /// <param name="cancellationToken">Stops all and removes their containers.</param>
    /// <returns>In the order of the images and of the file.</returns>
    public async Task<IReadOnlyList<TestResult>> RunAsync(IReadOnlyList<PlannedImage> images, CancellationToken cancellationToken)
    {
        var cases = images.SelectMany(image => image.Image.Node.Tests.Select(test => (Image: image, Test: test))).ToList();
        var results = new TestResult?[cases.Count];
        for (var i = 0; i < cases.Count; i++)
        {
            results[i] = Remembered(cases[i].Image, cases[i].Test);
            if (results[i] is { } known)
            {
                tell(known);
            }
        }

        var open = Enumerable.Range(0, cases.Count).Where(i => results[i] is null).ToList();
        if (open.Exists(i => cases[i].Test.NeedsContainer))
        {
            await containers.RemoveLeftoversAsync(cancellationToken).ConfigureAwait(false);
        }

        var limit = new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(open, limit, async (i, token) =>
        {
            results[i] = await RunAsync(cases[i].Image, cases[i].Test, token).ConfigureAwait(false);
            tell(results[i]!);
        }).ConfigureAwait(false);
        return [.. results.OfType<TestResult>()];
    }

    /// <summary>The size is looked at each time: it costs nothing, and on some stores depends on what else is there.</summary>
    private TestResult? Remembered(PlannedImage image, ImageTest test) =>
        !options.NoCache && IsRemembered(test) && TooLarge(image, test) is null && passed.Find(image.Name, image.Key!.Value, image.ImageId!, test) is { } duration
            ? new TestResult(image, test, TestOutcome.Remembered) { Started = time.GetUtcNow(), Duration = duration }
            : null;

    private static bool IsRemembered(ImageTest test) => test.NeedsContainer && test.Command is null or { IsRepeatable: true };

    private async Task<TestResult> RunAsync(PlannedImage image, ImageTest test, CancellationToken cancellationToken)
    {
        var (clock, started) = (time.GetTimestamp(), time.GetUtcNow());
        var findings = new List<string>();
        var output = new CapturedOutput();
        if (TooLarge(image, test) is { } size)
        {
            findings.Add(size);
        }

        if (test.NeedsContainer)
        {
            (var found, output) = await containers.RunAsync(image.ImageId!, test, cancellationToken).ConfigureAwait(false);
            findings.AddRange(found);
        }

        var duration = time.GetElapsedTime(clock);
        if (findings.Count == 0 && IsRemembered(test))
        {
            passed.Save(image.Name, image.Key!.Value, image.ImageId!, test, duration);
        }

        var kept = output.Last(findings.Count == 0 ? KeptOfPassed : KeptOfFailed);
        return new TestResult(image, test, findings.Count == 0 ? TestOutcome.Passed : TestOutcome.Failed)
        {
            Started = started,
            Duration = duration,
            Findings = findings,
            StandardOutput = kept.StandardOutput,
            StandardError = kept.StandardError,
            Output = kept.Both,
        };
    }

    private static string? TooLarge(PlannedImage image, ImageTest test) =>
        test.MaximumSize is { } maximum && image.Size > maximum.Value ? $"the image has {Bytes(image.Size)}, 'max_size' allows {Bytes(maximum.Value)}" : null;

    private static string Bytes(long bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture) + " bytes";
}
