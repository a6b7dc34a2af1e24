using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.Repository.Tests;

/// <summary>One table owns the diagnostics; the one of the reference page is generated from it.</summary>
internal sealed partial class DiagnosticsTests
{
    [Test]
    public void Codes_are_unique_and_rows_are_complete()
    {
        Assert.That(Rules.All.Select(rule => rule.Code), Is.Unique);
        Assert.That(Rules.All.Where(rule => !Code().IsMatch(rule.Code) || rule.Help.Length == 0).Select(rule => rule.Code), Is.Empty);
        Assert.That(Rules.All.Where(rule => Hole().IsMatch(rule.Help)).Select(rule => rule.Code), Is.Empty, "what to do is the same for all; only the message has holes");
    }

    [Test]
    public void Warnings_of_the_moment_are_the_ones_that_stay_warnings_in_an_images_project()
    {
        var targets = File.ReadAllText(Path.Join(SourceTree.Root, "nuget", "Sdk", "Sdk.targets"));
        var excepted = NotAsErrors().Matches(targets).Select(match => match.Value);

        Assert.That(excepted, Is.EqualTo(Rules.All.Where(rule => rule.IsOfTheMoment).Select(rule => rule.Code)));
        Assert.That(Rules.All.Where(rule => rule.IsOfTheMoment && rule.Severity != Severity.Warning), Is.Empty);
    }

    [GeneratedRegex(@"(?<=<MSBuildWarningsNotAsErrors>[^<]*)ORC\d{4}")]
    private static partial Regex NotAsErrors();

    [GeneratedRegex(@"\AORC[0-4]\d{3}\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Hole();
}
