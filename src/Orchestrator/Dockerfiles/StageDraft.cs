using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>Sorts instructions into stages as they are read.</summary>
internal sealed partial class StageDraft(DiagnosticBag diagnostics)
{
    private List<Instruction>? _open;
    private bool _orphanReported;

    public List<Stage> Stages { get; } = [];

    public List<Instruction> MetaArguments { get; } = [];

    /// <summary>Also true for a FROM that was refused.</summary>
    public bool HasFrom { get; private set; }

    public void Add(Instruction instruction, LogicalLine line)
    {
        if (instruction.Keyword == "FROM")
        {
            OpenStage(instruction, line);
        }
        else if (_open is not null)
        {
            _open.Add(instruction);
        }
        else if (!HasFrom && instruction.Keyword == "ARG")
        {
            MetaArguments.Add(instruction);
        }
        else if (!HasFrom && !_orphanReported)
        {
            _orphanReported = true;
            diagnostics.Add(Rules.InstructionBeforeFrom.At(instruction.Span, instruction.Keyword));
        }
    }

    public void Close()
    {
        if (_open is not null)
        {
            Stages[^1] = Stages[^1] with { Instructions = _open };
        }

        _open = null;
    }

    private void OpenStage(Instruction from, LogicalLine line)
    {
        Close();
        HasFrom = true;
        var arguments = from.Arguments;
        var isNamed = arguments.Count == 3 && arguments[1].Value.Equals("AS", StringComparison.OrdinalIgnoreCase);
        if (arguments.Count != 1 && !isNamed)
        {
            diagnostics.Add(Rules.FromForm.At(from.Span));
            return;
        }

        var name = isNamed ? LowerCase(arguments[2].Value) : null;
        if (name is not null && !StageName().IsMatch(name))
        {
            diagnostics.Add(Rules.BadStageName.At(arguments[2].Span, arguments[2].Value));
            return;
        }

        var start = FindBase(line.Text, arguments);
        _open = [];
        Stages.Add(new Stage
        {
            Index = Stages.Count,
            Name = name,
            Base = arguments[0],
            BaseRange = line.Range(start, start + arguments[0].Value.Length),
            From = from,
            Instructions = _open,
        });
    }

    /// <summary>The base is the last word, or the third last; searching from the end keeps flags out of it.</summary>
    private static int FindBase(string line, IReadOnlyList<Located<string>> arguments)
    {
        var end = line.Length;
        for (var index = arguments.Count - 1; index > 0; index--)
        {
            end = line.LastIndexOf(arguments[index].Value, end - 1, StringComparison.Ordinal);
        }

        return line.LastIndexOf(arguments[0].Value, end - 1, StringComparison.Ordinal);
    }

#pragma warning disable CA1308 // BuildKit keeps stage names in lower case and compares them so
    private static string LowerCase(string name) => name.ToLowerInvariant();
#pragma warning restore CA1308

    [GeneratedRegex(@"\A[a-z][a-z0-9-_.]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex StageName();
}
