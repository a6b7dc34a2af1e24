using System.Text;

namespace Orchestrator.Dockerfiles;

/// <summary>A Dockerfile as it is written: positions kept, nothing evaluated.</summary>
internal sealed record DockerfileDocument
{
    public required string Path { get; init; }

    /// <summary>Decoded, without the byte order mark.</summary>
    public required string Text { get; init; }

    public required IReadOnlyList<Directive> Directives { get; init; }

    /// <summary><c>\</c> or <c>`</c>.</summary>
    public required char EscapeToken { get; init; }

    /// <summary>The ARGs before the first FROM.</summary>
    public required IReadOnlyList<Instruction> MetaArguments { get; init; }

    /// <summary>Never empty.</summary>
    public required IReadOnlyList<Stage> Stages { get; init; }

    public Directive? FindDirective(string name) => Directives.FirstOrDefault(directive => directive.Name == name);

    /// <summary>The text with other tokens in the place of some; every other line keeps its number.</summary>
    public string With(IReadOnlyDictionary<TextRange, string> tokens)
    {
        var text = new StringBuilder(Text.Length);
        var copied = 0;
        foreach (var (range, token) in tokens.OrderBy(pair => pair.Key.Start))
        {
            text.Append(Text, copied, range.Start - copied).Append(token);
            copied = range.End;

            // A token may be torn apart by continuations; they stay, so that the lines below keep their numbers.
            var lineFeeds = Text.AsSpan(range.Start, range.End - range.Start).Count('\n');
            for (var line = 0; line < lineFeeds; line++)
            {
                text.Append(EscapeToken).Append('\n');
            }
        }

        return text.Append(Text, copied, Text.Length - copied).ToString();
    }
}
