using Orchestrator.Diagnostics;
using Orchestrator.Dockerfiles;
using Orchestrator.Planning;

namespace Orchestrator.Building;

/// <summary>
/// The place of a failed step where the daemon names none: of steps behind a source that a rule changed it forgets their lines. Then the step's own words tell which one
/// it is, if only one has them.
/// </summary>
internal static class FailurePlace
{
    private const string Shell = " -c ";

    /// <param name="command">What failed, as the daemon quotes it; null when it was no RUN.</param>
    /// <param name="words">The daemon's message and the name of the step.</param>
    public static SourceSpan? Find(PlannedImage planned, string? command, string words)
    {
        if (planned.LockedUses.Count == 0)
        {
            return null;
        }

        var places = command is null
            ? planned.LockedUses.Where(locked => words.Contains(locked.Use.Source.Address, StringComparison.Ordinal)).Select(locked => locked.Use.Url.Span)
            : planned.Image.Evaluations.SelectMany(evaluation => evaluation.Closure.Links).SelectMany(link => link.Instructions).Where(instruction => instruction.Keyword == "RUN" && IsCommand(instruction, Unquoted(command))).Select(instruction => instruction.Span);
        return places.Distinct().ToList() is [var only] ? only : null;
    }

    private static bool IsCommand(Instruction instruction, string command) => instruction.IsJson
        ? command == string.Join(' ', instruction.Arguments.Select(argument => argument.Value))
        : instruction.Arguments is [var line] && command.EndsWith(Shell + line.Value, StringComparison.Ordinal);

    private static string Unquoted(string command) => command.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
}
