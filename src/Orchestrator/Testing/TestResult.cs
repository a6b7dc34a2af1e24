using System.Text;
using Orchestrator.Building;
using Orchestrator.Diagnostics;
using Orchestrator.Graph.ImageTests;
using Orchestrator.Planning;

namespace Orchestrator.Testing;

/// <summary>What became of one test.</summary>
internal sealed record TestResult(PlannedImage Image, ImageTest Test, TestOutcome Outcome)
{
    public required DateTimeOffset Started { get; init; }

    /// <summary>Of a remembered one, what it took then.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>What was expected and did not hold; empty unless it failed.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>The end of what it wrote, as much of it as is kept.</summary>
    public string StandardOutput { get; init; } = "";

    /// <inheritdoc cref="StandardOutput" />
    public string StandardError { get; init; } = "";

    /// <summary>Both as they arrived.</summary>
    public string Output { get; init; } = "";

    public string ImageName => Image.Image.Node.DisplayName;

    /// <summary>Why it failed, with the last lines of the output; null otherwise.</summary>
    public Diagnostic? Failure => Outcome == TestOutcome.Failed
        ? Rules.TestFailed.At(Test.Span, Test.Name, ImageName, string.Join(" ", Findings.Select(finding => finding + ".")) + string.Concat(Tail().Select(line => "\n  | " + line)))
        : null;

    private IEnumerable<string> Tail()
    {
        var tail = new LogTail();
        tail.Add(Encoding.UTF8.GetBytes(Output.TrimEnd()));
        return tail.Lines.SkipWhile(line => line.Length == 0);
    }
}
