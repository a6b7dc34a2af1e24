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

    [GeneratedRegex(@"\AORC[0-4]\d{3}\z")]
    private static partial Regex Code();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Hole();
}
