namespace Orchestrator.Package.Tests.Packed.Documentation;

/// <summary>A fenced block of a page: a file, if the line before it names one (<c>`images.yml`:</c>), else what somebody types and sees.</summary>
/// <param name="Line">Of its fence, from 1.</param>
/// <param name="Language">Behind the fence.</param>
/// <param name="Introduction">The last line of text before it.</param>
/// <param name="Lines">Without the fences.</param>
internal sealed record PageBlock(int Line, string Language, string Introduction, IReadOnlyList<string> Lines)
{
    /// <summary>The line before commands that are not for the reader's own repository.</summary>
    public const string InTheClone = "In a clone of this repository:";

    /// <summary>The file's path in the repository; null for anything else.</summary>
    public string? Path => Introduction is ['`', .. var path, '`', ':'] && !path.Contains('`', StringComparison.Ordinal) ? path : null;

    public bool IsConsole => Path is null && Language == "console";

    public bool IsInTheClone => Introduction == InTheClone;

    public string Text => string.Concat(Lines.Select(line => line + "\n"));

    /// <summary>The commands with what each is said to print. A line that belongs to no command is one that cannot be run.</summary>
    public IReadOnlyList<PageCommand> Commands()
    {
        var commands = new List<PageCommand>();
        for (var index = 0; index < Lines.Count; index++)
        {
            var line = Lines[index];
            if (line.StartsWith("$ ", StringComparison.Ordinal))
            {
                var number = Line + 1 + index;
                var text = line[2..];
                while (text.EndsWith('\\') && index + 1 < Lines.Count)
                {
                    text = text[..^1] + Lines[++index].TrimStart();
                }

                commands.Add(new PageCommand(number, text, []));
                continue;
            }

            Assert.That(commands, Is.Not.Empty, $"line {Line + 1 + index}: '{line}' comes before any command, which begins with '$ '");
            commands[^1].Output.Add(line);
        }

        return commands;
    }
}
