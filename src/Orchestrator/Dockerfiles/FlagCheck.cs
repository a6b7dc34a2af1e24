using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>Refuses flags that an instruction does not know, repeated ones, and values that do not fit.</summary>
internal static class FlagCheck
{
    private static readonly string[] Networks = ["default", "none", "host"];
    private static readonly string[] Securities = ["sandbox", "insecure"];

    public static bool Passes(Instruction instruction, InstructionShape shape, DiagnosticBag diagnostics)
    {
        if (!shape.ChecksFlags)
        {
            return true;
        }

        var passes = true;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var flag in instruction.Flags)
        {
            if (Fault(flag, shape, isRepeated: !seen.Add(flag.Name)) is { } fault)
            {
                diagnostics.Add(fault);
                passes = false;
            }
        }

        return passes;
    }

    private static Diagnostic? Fault(Flag flag, InstructionShape shape, bool isRepeated)
    {
        if (shape.Flags.FirstOrDefault(known => known.Name == flag.Name)?.Form is not { } form)
        {
            return Rules.UnknownFlag.At(flag.Span, shape.Keyword, flag.Name, Suggestion.For(flag.Name, shape.Flags.Select(known => known.Name)));
        }

        if (isRepeated && form != FlagForm.Many)
        {
            return Rules.RepeatedFlag.At(flag.Span, flag.Name);
        }

        if (form == FlagForm.Switch)
        {
            var isBoolean = !flag.HasValue || flag.IsTrue || flag.Value.Equals("false", StringComparison.OrdinalIgnoreCase);
            return isBoolean ? null : Rules.NotBoolean.At(flag.Span, flag.Name, flag.Value);
        }

        return !flag.HasValue
            ? Rules.FlagWithoutValue.At(flag.Span, flag.Name)
            : flag.Name switch
            {
                "network" => Choice(flag, Networks),
                "security" => Choice(flag, Securities),
                _ => null,
            };
    }

    private static Diagnostic? Choice(Flag flag, string[] allowed) =>
        allowed.Contains(flag.Value, StringComparer.Ordinal)
            ? null
            : Rules.UnknownFlagValue.At(flag.Span, flag.Name, flag.Value, string.Join(", ", allowed), Suggestion.For(flag.Value, allowed));
}
