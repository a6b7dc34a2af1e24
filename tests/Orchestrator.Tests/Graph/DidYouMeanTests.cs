using Orchestrator.Diagnostics;

namespace Orchestrator.Tests.Graph;

internal sealed class DidYouMeanTests
{
    private static readonly string[] Words = ["context", "dockerfile", "target", "targets", "args", "tags"];

    [TestCase("dockerfle", "dockerfile")]
    [TestCase("Dockerfile", "dockerfile")]
    [TestCase("conetxt", "context")]
    [TestCase("agrs", "args")]
    [TestCase("targts", "targets")]
    [TestCase("tgas", "tags")]
    [TestCase("zzz", null)]
    [TestCase("", null)]
    [TestCase("command", null)]
    public void The_nearest_word_is_proposed_when_it_is_near(string text, string? expected) =>
        Assert.That(DidYouMean.Closest(text, Words), Is.EqualTo(expected));
}
