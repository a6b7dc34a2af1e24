using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Tests.Completion;

/// <summary>What shells that are not here are told: of <c>cd api; orchestrator bui</c> only the second command is the tool's.</summary>
internal sealed class CompletionScriptTests
{
    /// <summary>https://fishshell.com/docs/current/cmds/commandline.html: without it, all of the line comes.</summary>
    [Test]
    public void Fish_hands_over_the_command_that_is_typed() => Assert.That(CompletionScript.For(Shell.Fish), Does.Contain("(commandline --cut-at-cursor --current-process)"));

    /// <summary>The cursor counts from the beginning of the line, the text of a command from where it begins.</summary>
    [Test]
    public void PowerShell_counts_the_cursor_from_the_beginning_of_the_command()
    {
        var lines = CompletionScript.For(Shell.Pwsh).Split('\n').Select(line => line.Trim()).ToList();

        Assert.That(lines.IndexOf("$cursor -= $line.Extent.StartOffset"), Is.Positive.And.LessThan(lines.FindIndex(line => line.StartsWith("$text = ", StringComparison.Ordinal))));
    }
}
