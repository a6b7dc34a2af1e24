namespace Orchestrator.Package.Tests.Packed.Documentation;

/// <summary>When what a page shows counts as printed, and when not.</summary>
internal sealed class PageCommandTests
{
    private const string Output = "waiting\nbuilt      shop-api in 12.7 s, 130.4 MB\n2 images: 2 built, in 13.0 s\n";

    [TestCase("built shop-api in 0.9 s, 2.0 MB")]
    [TestCase("built …")]
    [TestCase("built shop-api in 0.9 s, 2.0 MB|2 images: 2 built, in 1.0 s")]
    [TestCase("…|2 images: …")]
    public void Times_sizes_and_columns_may_differ(string lines) => Assert.That(Missing(lines), Is.Null);

    [TestCase("built shop-web in 0.9 s, 2.0 MB", "built shop-web in 0.9 s, 2.0 MB")]
    [TestCase("1 images: 1 built, in 1.0 s", "1 images: 1 built, in 1.0 s")]
    [TestCase("2 images: …|built …", "built …")]
    [TestCase("built …|built …", "built …")]
    [TestCase("shop-api", "shop-api")]
    public void Anything_else_has_to_be_there_in_order(string lines, string missing) => Assert.That(Missing(lines), Is.EqualTo(missing));

    private static string? Missing(string lines) => new PageCommand(1, "", [.. lines.Split('|')]).MissingFrom(Output, line => line);
}
