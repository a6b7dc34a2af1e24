using System.CommandLine;
using Orchestrator.Tool.Reporters;

namespace Orchestrator.Tool.Commands;

/// <summary><c>orchestrator completion</c>: the script for a shell; and, hidden, what that script asks.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var shell = new Argument<Shell>("shell") { HelpName = "bash|fish|pwsh|zsh", Description = "The shell that the script is for: bash, zsh, fish or pwsh." };
        var command = new Command("completion", "Writes the script that lets a shell complete commands, options and images.") { shell };
        command.SetAction(parse => parse.InvocationConfiguration.Output.Write(CompletionScript.For(parse.GetValue(shell))));
        return command;
    }

    /// <param name="tree">All that can be typed.</param>
    public static Command CreateAnswer(Func<Command> tree)
    {
        var line = new Argument<string>("line") { Description = "What was typed up to the cursor, the command's name included." };
        var command = new Command("complete", "Writes what can follow, one on each line.") { line };
        command.Hidden = true;
        command.SetAction(parse =>
        {
            var text = parse.GetRequiredValue(line);
            // Words are not told apart by case, but written small; options that have a long name need no short one here.
            var words = tree().Parse(text).GetCompletions(text.Length).Select(completion => completion.Label.ToLowerInvariant());
            foreach (var word in words.Where(word => !word.StartsWith('/') && !(word.Length == 2 && word[0] == '-')))
            {
                parse.InvocationConfiguration.Output.WriteLine(word);
            }
        });
        return command;
    }
}
