using Orchestrator.Contexts;

namespace Orchestrator.Tests.Contexts;

/// <summary>The folder is <c>/r/vendor/lib</c>, and nobody knows what is in it.</summary>
internal sealed class FolderUseTests
{
    private const string Folder = "/r/vendor/lib";

    [TestCase("/r", null, ExpectedResult = true, Description = "all of the context")]
    [TestCase("/r", "vendor", ExpectedResult = true)]
    [TestCase("/r", "vendor/lib/src/main.c", ExpectedResult = true)]
    [TestCase("/r", "*/lib", ExpectedResult = true)]
    [TestCase("/r", "**/main.c", ExpectedResult = true)]
    [TestCase("/r", "src/*", ExpectedResult = false)]
    [TestCase("/r", "vendor/other", ExpectedResult = false)]
    [TestCase("/r/vendor/lib/docker", "file", ExpectedResult = true, Description = "the context is in it")]
    [TestCase("/r/vendor/library", null, ExpectedResult = false)]
    [TestCase("/r/src", null, ExpectedResult = false)]
    public bool It_is_seen_where_something_of_it_may_be_copied(string context, string? copied) => FolderUse.MaySee(Request(context, copied), Folder);

    [TestCase("vendor", ExpectedResult = false)]
    [TestCase("*\n!src", ExpectedResult = false)]
    [TestCase("*\n!vendor/lib/src", ExpectedResult = true)]
    [TestCase("vendor/lib/*.md", ExpectedResult = true)]
    public bool Ignored_it_is_not_seen_unless_something_below_may_be_taken_back(string ignored) => FolderUse.MaySee(Request("/r", null) with { IgnoreText = ignored }, Folder);

    [Test]
    public void Nothing_is_seen_of_a_context_that_nothing_is_taken_from() => Assert.That(FolderUse.MaySee(new ContextRequest(ContextSource.Plain("/r"), null, []), Folder), Is.False);

    [Test]
    public void What_is_laid_over_a_context_counts_and_what_it_hides_does_not()
    {
        var laid = new ContextSource("/r/src", [new("shared", "/r/vendor")]);
        var hidden = new ContextSource("/r", [new("vendor", "/r/other")]);

        Assert.That(FolderUse.MaySee(new ContextRequest(laid, null, ["shared/lib/a"]), Folder), Is.True);
        Assert.That(FolderUse.MaySee(new ContextRequest(laid, null, ["shared/else"]), Folder), Is.False);
        Assert.That(FolderUse.MaySee(new ContextRequest(hidden, null, null), Folder), Is.False);
    }

    private static ContextRequest Request(string context, string? copied) => new(ContextSource.Plain(context), null, copied is null ? null : [copied]);
}
