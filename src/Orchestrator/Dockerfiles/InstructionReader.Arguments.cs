using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>The forms of arguments.</summary>
internal sealed partial class InstructionReader
{
    private Instruction? ReadArguments(Instruction instruction, InstructionShape shape, LogicalLine line, int start, int end)
    {
        switch (shape.Form)
        {
            case ArgumentForm.Text:
                return instruction with { Arguments = WholeText(line, start, end) };
            case ArgumentForm.Words:
                return instruction with { Arguments = WordSplitter.SplitAtSpaces(line, start, end) };
            case ArgumentForm.JsonOrText:
                return ReadJson(instruction, line, start, end, WholeText(line, start, end));
            case ArgumentForm.JsonOrWords:
                return ReadJson(instruction, line, start, end, WordSplitter.SplitAtSpaces(line, start, end));
            case ArgumentForm.Pairs:
                return ReadPairs(instruction, line, start, end);
            case ArgumentForm.Names:
                var names = WordSplitter.SplitQuoted(line, start, end, escapeToken);
                return instruction with { Arguments = names, Assignments = [.. names.Select(ToAssignment)] };
            case ArgumentForm.Check:
                return ReadCheck(instruction, line, start, end);
            default:
                return ReadTrigger(instruction, line, start, end);
        }
    }

    private static IReadOnlyList<Located<string>> WholeText(LogicalLine line, int start, int end) => start < end ? [line.Located(start, end)] : [];

    private Instruction? ReadJson(Instruction instruction, LogicalLine line, int start, int end, IReadOnlyList<Located<string>> otherwise)
    {
        var items = JsonForm.Read(line, start, end, out var isStringsOnly);
        if (!isStringsOnly)
        {
            diagnostics.Add(Rules.JsonNotStrings.At(line.Span(start, end), instruction.Keyword));
            return null;
        }

        return instruction with { Arguments = items ?? otherwise, IsJson = items is not null };
    }

    private Instruction? ReadPairs(Instruction instruction, LogicalLine line, int start, int end)
    {
        var words = WordSplitter.SplitQuoted(line, start, end, escapeToken);
        if (words.Count > 0 && !words[0].Value.Contains('=', StringComparison.Ordinal))
        {
            return ReadSinglePair(instruction, line, start, end);
        }

        foreach (var word in words)
        {
            if (!word.Value.Contains('=', StringComparison.Ordinal))
            {
                diagnostics.Add(Rules.MissingEquals.At(word.Span, word.Value, instruction.Keyword));
                return null;
            }
        }

        return instruction with { Arguments = words, Assignments = [.. words.Select(ToAssignment)] };
    }

    /// <summary>The old form: one name, then the value to the end of the line.</summary>
    private Instruction? ReadSinglePair(Instruction instruction, LogicalLine line, int start, int end)
    {
        var nameEnd = start;
        while (nameEnd < end && !WordSplitter.IsSeparator(line.Text[nameEnd]))
        {
            nameEnd++;
        }

        var valueStart = nameEnd;
        while (valueStart < end && WordSplitter.IsSeparator(line.Text[valueStart]))
        {
            valueStart++;
        }

        if (valueStart == end)
        {
            diagnostics.Add(Rules.MissingValue.At(line.Span(start, end), instruction.Keyword, line.Text[start..end]));
            return null;
        }

        var name = line.Located(start, nameEnd);
        var value = line.Located(valueStart, end);
        return instruction with { Arguments = [name, value], Assignments = [new Assignment(name, value)] };
    }

    private static Assignment ToAssignment(Located<string> word)
    {
        var equals = word.Value.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? new Assignment(word, null)
            : new Assignment(word with { Value = word.Value[..equals] }, word with { Value = word.Value[(equals + 1)..] });
    }

    private Instruction? ReadCheck(Instruction instruction, LogicalLine line, int start, int end)
    {
        var typeEnd = start;
        while (typeEnd < end && !char.IsWhiteSpace(line.Text[typeEnd]))
        {
            typeEnd++;
        }

        if (typeEnd == start)
        {
            return instruction;
        }

        var rest = typeEnd;
        while (rest < end && char.IsWhiteSpace(line.Text[rest]))
        {
            rest++;
        }

        var command = ReadJson(instruction, line, rest, end, WholeText(line, rest, end));
        return command is null ? null : command with { Arguments = [line.Located(start, typeEnd), .. command.Arguments] };
    }

    private Instruction? ReadTrigger(Instruction instruction, LogicalLine line, int start, int end)
    {
        if (start == end)
        {
            return instruction;
        }

        var trigger = ReadHead(line.From(start), isTrigger: true);
        return trigger is null ? null : instruction with { Trigger = trigger.AsTrigger(), Arguments = [line.Located(start, end)] };
    }
}
