using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>Turns one joined line into an instruction, fetching the bodies of its heredocs.</summary>
internal sealed partial class InstructionReader(char escapeToken, DiagnosticBag diagnostics)
{
    /// <summary>Null after an error that leaves nothing to work with.</summary>
    public Instruction? Read(LogicalLine line, LogicalLineReader lines)
    {
        if (ReadHead(line, isTrigger: false) is not { } instruction)
        {
            SkipHeredocs(line, lines);
            return null;
        }

        if ((instruction.Trigger ?? instruction) is not { Keyword: "RUN" or "COPY" or "ADD", IsJson: false })
        {
            return InstructionCheck.Passes(instruction, diagnostics) ? instruction : null;
        }

        var heredocs = new List<Heredoc>();
        foreach (var opening in HeredocReader.Find(line))
        {
            if (lines.ReadHeredoc(opening.Name, opening.Chomp) is not { } content)
            {
                diagnostics.Add(Rules.UnterminatedHeredoc.At(opening.Span, opening.Name));
                return null;
            }

            heredocs.Add(opening with { Content = content });
        }

        instruction = WithHeredocs(instruction, heredocs);
        return InstructionCheck.Passes(instruction, diagnostics) ? instruction : null;
    }

    /// <summary>So that one mistake does not make instructions of everything in a heredoc.</summary>
    private static void SkipHeredocs(LogicalLine line, LogicalLineReader lines)
    {
        foreach (var opening in HeredocReader.Find(line))
        {
            lines.SkipHeredoc(opening.Name, opening.Chomp);
        }
    }

    private static Instruction WithHeredocs(Instruction instruction, List<Heredoc> heredocs)
    {
        if (heredocs.Count == 0)
        {
            return instruction;
        }

        var normalized = new StringBuilder(instruction.Normalized);
        foreach (var heredoc in heredocs)
        {
            normalized.Append('\n').Append(heredoc.Content).Append(heredoc.Name);
        }

        var trigger = instruction.Trigger is null ? null : WithHeredocs(instruction.Trigger, heredocs);
        return instruction with { Normalized = normalized.ToString(), Heredocs = heredocs, Trigger = trigger };
    }

    private Instruction? ReadHead(LogicalLine line, bool isTrigger)
    {
        var (start, keywordEnd) = FindKeyword(line.Text);
        var keyword = line.Text[start..keywordEnd];
        if (InstructionShape.Find(keyword) is not { } shape)
        {
            diagnostics.Add(Rules.UnknownInstruction.At(line.Span(start, keywordEnd), keyword, Suggestion.For(keyword, InstructionShape.Keywords)));
            return null;
        }

        if (isTrigger && shape.Keyword is ("ONBUILD" or "FROM" or "MAINTAINER"))
        {
            diagnostics.Add(Rules.ForbiddenTrigger.At(line.Span(start, keywordEnd), shape.Keyword));
            return null;
        }

        var (flags, argumentStart) = FlagReader.Read(line, keywordEnd, escapeToken);
        var end = line.Text.AsSpan().TrimEnd().Length;
        while (argumentStart < end && char.IsWhiteSpace(line.Text[argumentStart]))
        {
            argumentStart++;
        }

        var instruction = new Instruction
        {
            Keyword = shape.Keyword,
            Flags = flags,
            Normalized = $"{shape.Keyword} {line.Text[keywordEnd..].Trim()}".TrimEnd(),
            Span = line.Span(start, Math.Max(end, keywordEnd)),
        };
        return FlagCheck.Passes(instruction, shape, diagnostics) ? ReadArguments(instruction, shape, line, Math.Min(argumentStart, end), end) : null;
    }

    private static (int Start, int End) FindKeyword(string text)
    {
        var start = text.Length - text.AsSpan().TrimStart().Length;
        var end = start;
        while (end < text.Length && !WordSplitter.IsSeparator(text[end]))
        {
            end++;
        }

        return (start, end);
    }
}
