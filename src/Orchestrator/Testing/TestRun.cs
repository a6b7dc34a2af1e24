using System.Globalization;
using Orchestrator.Docker;
using Orchestrator.Graph.ImageTests;
using Orchestrator.Planning;

namespace Orchestrator.Testing;

/// <summary>Runs the tests of images that exist, as many at a time as allowed; what was passed before is not run.</summary>
/// <param name="engine">Where the images are.</param>
/// <param name="containers">Runs one.</param>
/// <param name="passed">Remembers what was passed.</param>
/// <param name="options">How many, and whether they are remembered.</param>
/// <param name="tell">Receives each result as it is there; called from several threads.</param>
/// <param name="time">What clocks say.</param>
internal sealed class TestRun(DockerEngine engine, ContainerTest containers, PassedTests passed, TestOptions options, Action<TestResult> tell, TimeProvider time)
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
        var sizes = await UnpackedSizes.ReadAsync(engine, images, cancellationToken).ConfigureAwait(false);
        var cases = images.SelectMany(image => image.Image.Node.Tests.Select(test => (Image: image, Test: test))).ToList();
        var results = new TestResult?[cases.Count];
        for (var i = 0; i < cases.Count; i++)
        {
            results[i] = Remembered(cases[i].Image, cases[i].Test, sizes);
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
            results[i] = await RunAsync(cases[i].Image, cases[i].Test, sizes, token).ConfigureAwait(false);
            tell(results[i]!);
        }).ConfigureAwait(false);
        return [.. results.OfType<TestResult>()];
    }

    /// <summary>The size is looked at each time: it costs little, and on containerd's store depends on the disk.</summary>
    private TestResult? Remembered(PlannedImage image, ImageTest test, UnpackedSizes sizes) =>
        !options.NoCache && IsRemembered(test) && TooLarge(image, test, sizes) is null && passed.Find(image.Name, image.Key!.Value, image.ImageId!, test) is { } duration
            ? new TestResult(image, test, TestOutcome.Remembered) { Started = time.GetUtcNow(), Duration = duration }
            : null;

    private static bool IsRemembered(ImageTest test) => test.NeedsContainer && test.Command is null or { IsRepeatable: true };

    private async Task<TestResult> RunAsync(PlannedImage image, ImageTest test, UnpackedSizes sizes, CancellationToken cancellationToken)
    {
        var (clock, started) = (time.GetTimestamp(), time.GetUtcNow());
        var findings = new List<string>();
        var output = new CapturedOutput();
        if (TooLarge(image, test, sizes) is { } size)
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

    private static string? TooLarge(PlannedImage image, ImageTest test, UnpackedSizes sizes) =>
        test.MaximumSize is not { } maximum ? null
        : sizes.Find(image) is not { } size ? "the engine does not tell the size of its files, so 'max_size' cannot be looked at"
        : size > maximum.Value ? $"its files have {Bytes(size)}, 'max_size' allows {Bytes(maximum.Value)}"
        : null;

    private static string Bytes(long bytes) => bytes.ToString("N0", CultureInfo.InvariantCulture) + " bytes";
}
