namespace Orchestrator.Package.Tests.Packed.Documentation;

/// <summary>
/// The pages are followed to the letter: a block behind a line like <c>`images.yml`:</c> becomes that file, every line of a block of commands that begins with
/// <c>$ </c> is run and has to succeed, and what the page shows below it has to be printed. There are no other blocks.
/// </summary>
[Category("Engine")]
internal sealed class PageTests
{
    [TestCaseSource(typeof(Page), nameof(Page.Names))]
    public async Task What_a_page_shows_is_what_happens(string name)
    {
        var page = Page.Read(name);
        await using var repository = await PageRepository.OpenAsync();
        var (executed, wrong) = (0, new List<string>());
        foreach (var block in page.Blocks)
        {
            if (block.Path is { } path)
            {
                await repository.WriteAsync(path, block.Text);
                executed += await Workflow.RunAsync(repository, path);
                continue;
            }

            Assert.That(block.IsConsole, Is.True, $"{name}({block.Line}): a block is a file (the line before it is its path in backticks and a colon) or commands ('console')");
            foreach (var command in block.Commands())
            {
                var result = await repository.RunAsync(command.Text, block.IsInTheClone);
                var missing = command.MissingFrom(result.Output, repository.Replace);
                if (result.ExitCode != 0 || missing is not null)
                {
                    wrong.Add($"{name}({command.Line}): {command.Text}\nexit code {result.ExitCode}{(missing is null ? "" : $"; does not print '{missing}'")}\n{result.Output}");
                }

                executed++;
            }
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(executed, Is.Positive, $"{name} shows no command");
    }

    /// <summary>What is not followed holds nothing that could be: pieces of files at most.</summary>
    [TestCaseSource(typeof(Page), nameof(Page.Lists))]
    public void Other_pages_show_no_command(string name) => Assert.That(Page.Read(name).Blocks.Select(block => block.Language), Is.SubsetOf(new[] { "yaml", "xml" }));
}
