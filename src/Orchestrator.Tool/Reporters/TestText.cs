using Orchestrator.Testing;

namespace Orchestrator.Tool.Reporters;

/// <summary>Tests in words, a line for each.</summary>
internal sealed class TestText(IRunReporter reporter)
{
    public void Tell(TestResult result)
    {
        if (result.Failure is { } failure)
        {
            reporter.Report(failure);
        }

        reporter.Say($"{Word(result.Outcome),-10} {result.ImageName}: {result.Test.Name}{(result.Outcome == TestOutcome.Remembered ? ", before" : $" in {ResultText.Seconds(result.Duration)}")}");
    }

    public static string Summary(IReadOnlyList<TestResult> results, TimeSpan duration)
    {
        var images = results.Select(result => result.Image.Name).Distinct(StringComparer.Ordinal).Count();
        var parts = new List<string>();
        for (var outcome = TestOutcome.Passed; outcome <= TestOutcome.Failed; outcome++)
        {
            var count = results.Count(result => result.Outcome == outcome);
            if (count > 0)
            {
                parts.Add(outcome == TestOutcome.Remembered ? $"{count} passed before" : $"{count} {Word(outcome)}");
            }
        }

        return $"{results.Count} tests of {images} images: {string.Join(", ", parts)}, in {ResultText.Seconds(duration)}";
    }

    private static string Word(TestOutcome outcome) => outcome == TestOutcome.Failed ? "failed" : "passed";
}
