using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.Graph.Variables;

/// <summary>
/// Puts variables into texts by Compose's rules (https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md):
/// <c>$NAME</c>, <c>${NAME}</c>, <c>:-</c> and <c>-</c> (default), <c>:?</c> and <c>?</c> (required), <c>:+</c> and <c>+</c> (replacement),
/// nested, and <c>$$</c> for a plain dollar sign. Only the branch that is taken is expanded.
/// </summary>
/// <param name="lookup">The value of a variable, or null when it is not set.</param>
internal sealed class Interpolation(Func<string, string?> lookup, DiagnosticBag diagnostics)
{
    private const int MaximumDepth = 32;

    /// <param name="place">Where the character at an index of the text stands.</param>
    public string Expand(string text, Func<int, SourceSpan> place) => Expand(text, place, 0);

    private string Expand(string text, Func<int, SourceSpan> place, int depth)
    {
        var dollar = text.IndexOf('$', StringComparison.Ordinal);
        if (dollar < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var index = 0;
        while (dollar >= 0)
        {
            result.Append(text, index, dollar - index);
            index = Variable(text, dollar, place, depth, result);
            dollar = text.IndexOf('$', index);
        }

        return result.Append(text, index, text.Length - index).ToString();
    }

    /// <summary>Expands what begins at a dollar sign; returns the index behind it.</summary>
    private int Variable(string text, int start, Func<int, SourceSpan> place, int depth, StringBuilder result)
    {
        var next = start + 1 < text.Length ? text[start + 1] : '\0';
        if (next == '$')
        {
            result.Append('$');
            return start + 2;
        }

        if (next == '{')
        {
            return Braced(text, start, place, depth, result);
        }

        var end = NameEnd(text, start + 1);
        if (end == start + 1)
        {
            result.Append('$'); // as Compose: a dollar sign before anything else is a dollar sign
            return start + 1;
        }

        result.Append(Value(text[(start + 1)..end], place(start)));
        return end;
    }

    private int Braced(string text, int start, Func<int, SourceSpan> place, int depth, StringBuilder result)
    {
        var close = ClosingBrace(text, start + 2);
        var nameEnd = NameEnd(text, start + 2);
        var problem = close < 0 ? "the closing brace is missing"
            : nameEnd == start + 2 ? "a name must follow the brace"
            : depth >= MaximumDepth ? $"it is nested more than {MaximumDepth} levels deep"
            : null;
        var whole = text[start..(close < 0 ? text.Length : close + 1)];
        if (problem is not null)
        {
            diagnostics.Add(Rules.InterpolationMalformed.At(place(start), whole, problem));
            return start + whole.Length;
        }

        var name = text[(start + 2)..nameEnd];
        if (nameEnd == close)
        {
            result.Append(Value(name, place(start)));
            return close + 1;
        }

        var countsEmpty = text[nameEnd] == ':';
        var sign = nameEnd + (countsEmpty ? 1 : 0);
        if (!"-?+".Contains(text[sign], StringComparison.Ordinal))
        {
            diagnostics.Add(Rules.InterpolationMalformed.At(place(start), whole, "behind the name comes one of :- - :? ? :+ +"));
            return close + 1;
        }

        var value = lookup(name);
        var isSet = value is not null && !(countsEmpty && value.Length == 0);
        string Operand() => Expand(text[(sign + 1)..close], index => place(sign + 1 + index), depth + 1);
        switch (text[sign])
        {
            case '-':
                result.Append(isSet ? value : Operand());
                break;
            case '+':
                result.Append(isSet ? Operand() : "");
                break;
            default:
                result.Append(isSet ? value : Require(name, Operand(), place(start)));
                break;
        }

        return close + 1;
    }

    private string Value(string name, SourceSpan place)
    {
        if (lookup(name) is { } value)
        {
            return value;
        }

        diagnostics.Add(Rules.VariableNotSet.At(place, name));
        return "";
    }

    private string Require(string name, string message, SourceSpan place)
    {
        diagnostics.Add(Rules.VariableRequired.At(place, name, message.Length == 0 ? "." : $": {message.TrimEnd('.')}."));
        return "";
    }

    private static int NameEnd(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '_' || (end > start && char.IsAsciiDigit(text[end]))))
        {
            end++;
        }

        return end;
    }

    /// <summary>The brace that closes the one before the index, pairs between them skipped; where the pairs do not come out even the last one of the text, as in Compose.</summary>
    private static int ClosingBrace(string text, int start)
    {
        var open = 1;
        for (var index = start; index < text.Length; index++)
        {
            if (text[index] == '{')
            {
                open++;
            }
            else if (text[index] == '}' && --open == 0)
            {
                return index;
            }
        }

        return text.LastIndexOf('}') is var last && last >= start ? last : -1;
    }
}
