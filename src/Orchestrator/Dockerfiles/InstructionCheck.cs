using Orchestrator.Diagnostics;

namespace Orchestrator.Dockerfiles;

/// <summary>What BuildKit demands of the arguments of an instruction before it runs anything.</summary>
internal static class InstructionCheck
{
    public static bool Passes(Instruction instruction, DiagnosticBag diagnostics)
    {
        var checkedPart = instruction.Trigger ?? instruction;
        if (Fault(checkedPart) is not { } fault)
        {
            return true;
        }

        diagnostics.Add(fault);
        return false;
    }

    private static Diagnostic? Fault(Instruction instruction) => instruction.Keyword switch
    {
        "ADD" or "COPY" => CopyFault(instruction),
        "ARG" or "ENV" or "LABEL" => NameFault(instruction),
        "EXPOSE" or "ONBUILD" or "USER" or "WORKDIR" or "STOPSIGNAL" or "MAINTAINER" => ArgumentFault(instruction),
        "VOLUME" => VolumeFault(instruction),
        "SHELL" when !instruction.IsJson || instruction.Arguments.Count == 0 => Rules.ShellNotJson.At(instruction.Span),
        "HEALTHCHECK" => HealthFault(instruction),
        "RUN" => MountFault(instruction),
        _ => null,
    };

    private static Diagnostic? ArgumentFault(Instruction instruction) =>
        instruction.Arguments.Count == 0 ? Rules.MissingArgument.At(instruction.Span, instruction.Keyword) : null;

    private static Diagnostic? CopyFault(Instruction instruction)
    {
        if (instruction.Arguments.Count < 2)
        {
            return Rules.MissingDestination.At(instruction.Span, instruction.Keyword);
        }

        var destination = instruction.Arguments[^1];
        return HeredocReader.Parse(destination.Value, destination.Span) is null ? null : Rules.HeredocAsDestination.At(destination.Span, instruction.Keyword);
    }

    private static Diagnostic? NameFault(Instruction instruction)
    {
        if (instruction.Assignments.Count == 0)
        {
            return Rules.MissingArgument.At(instruction.Span, instruction.Keyword);
        }

        var blank = instruction.Assignments.FirstOrDefault(assignment => assignment.Name.Value.Length == 0);
        return blank is null ? null : Rules.BlankName.At(blank.Name.Span, instruction.Keyword);
    }

    private static Diagnostic? VolumeFault(Instruction instruction)
    {
        var isBlank = instruction.Arguments.Count == 0 || instruction.Arguments.Any(argument => string.IsNullOrWhiteSpace(argument.Value));
        return isBlank ? Rules.MissingArgument.At(instruction.Span, instruction.Keyword) : null;
    }

    private static Diagnostic? HealthFault(Instruction instruction)
    {
        var type = instruction.Arguments.Count == 0 ? "" : instruction.Arguments[0].Value;
        var isRight = type.ToUpperInvariant() switch
        {
            "NONE" => instruction.Arguments.Count == 1,
            "CMD" => instruction.Arguments.Count > 1,
            _ => false,
        };
        return isRight ? null : Rules.HealthcheckForm.At(instruction.Span);
    }

    private static Diagnostic? MountFault(Instruction instruction)
    {
        foreach (var flag in instruction.Flags.Where(flag => flag.Name == "mount"))
        {
            if (Mount.FromFault(flag) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}
