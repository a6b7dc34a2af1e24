using Orchestrator.Building;
using Orchestrator.Tool.Live;

namespace Orchestrator.Tool.Reporters;

/// <summary>One image that is done, as a row of a terminal: what happened, time, size, why.</summary>
internal static class ResultRow
{
    private const int WordCells = 10;
    private const int NumberCells = 9;

    public static string Line(ImageResult result, int names, int width, Look look)
    {
        var line = new LineText(width, look)
            .Column(ResultText.Word(result.Outcome), WordCells, ColourOf(result.Outcome)).Add("  ")
            .Column(result.Planned.Image.Node.DisplayName, names, Colour.Name).Add("  ");
        if (result.Outcome is BuildOutcome.Blocked or BuildOutcome.Cancelled)
        {
            return line.Add(result.Outcome == BuildOutcome.Blocked ? result.Planned.Reason : "").ToString().TrimEnd();
        }

        Number(line, result.Duration > TimeSpan.Zero ? ClockText.Of(result.Duration) : "");
        Number(line, result.Size > 0 ? ByteText.Of(result.Size) : "");
        // Why it was tried is no reason for its failure, which stands above.
        return line.Add(result.Outcome == BuildOutcome.Failed || line.Room < NumberCells ? "" : result.Planned.Reason, Colour.Dim).ToString().TrimEnd();
    }

    /// <summary>A number that does not fit as a whole is left out.</summary>
    private static void Number(LineText line, string text)
    {
        if (line.Room >= NumberCells)
        {
            line.Add(CellText.PadLeft(text, NumberCells)).Add("  ");
        }
    }

    private static Colour ColourOf(BuildOutcome outcome) => outcome switch
    {
        BuildOutcome.Built or BuildOutcome.Pulled or BuildOutcome.Retagged => Colour.Good,
        BuildOutcome.UpToDate or BuildOutcome.Present => Colour.Dim,
        BuildOutcome.Failed => Colour.Bad,
        _ => Colour.Warning,
    };
}
