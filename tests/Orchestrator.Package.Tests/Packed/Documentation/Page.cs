namespace Orchestrator.Package.Tests.Packed.Documentation;

/// <summary>A page of the documentation, as its blocks.</summary>
internal sealed record Page(string Name, IReadOnlyList<PageBlock> Blocks)
{
    private const string Fence = "```";

    /// <summary>Pages that say what there is, and have no example of their own.</summary>
    public static IReadOnlyList<string> Lists { get; } = ["nuget/README.md", "nuget/docs/progress.md", "nuget/docs/reference.md"];

    /// <summary>The README and all pages of the package that show how something is done, by path in this repository.</summary>
    public static IEnumerable<string> Names =>
    [
        "README.md",
        .. Directory.EnumerateFiles(Path.Join(Paths.RepositoryRoot, "nuget", "docs"), "*.md").Select(file => "nuget/docs/" + Path.GetFileName(file)).Except(Lists).Order(StringComparer.Ordinal),
    ];

    public static Page Read(string name)
    {
        var blocks = new List<PageBlock>();
        var lines = File.ReadAllLines(Path.Join(Paths.RepositoryRoot, name));
        var introduction = "";
        for (var index = 0; index < lines.Length; index++)
        {
            if (!lines[index].TrimStart().StartsWith(Fence, StringComparison.Ordinal))
            {
                introduction = lines[index].Length > 0 ? lines[index] : introduction;
                continue;
            }

            var end = Array.IndexOf(lines, Fence, index + 1);
            Assert.That(lines[index], Does.StartWith(Fence), $"{name}({index + 1}): a fence that is indented is not read");
            Assert.That(end, Is.Positive, $"{name}({index + 1}): the block is not closed");
            blocks.Add(new PageBlock(index + 1, lines[index][Fence.Length..].Trim(), introduction, lines[(index + 1)..end]));
            (index, introduction) = (end, "");
        }

        return new Page(name, blocks);
    }
}
