using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Package.Tests.Packed.Documentation;

/// <summary>
/// The comparisons of a condition as Azure judges them (https://learn.microsoft.com/azure/devops/pipelines/process/expressions): the right side becomes what the
/// left one is, numbers are compared as numbers, and texts by their characters, without regard to case. Variables and outputs are texts. What a condition says
/// of failures is true here.
/// </summary>
/// <param name="Values">By what expressions call them; one that nobody set is empty, and 0 as a number.</param>
internal sealed partial record AzureCondition(IReadOnlyDictionary<string, string> Values)
{
    /// <param name="condition">Null is true.</param>
    public bool Holds(string? condition) => condition is null || Comparison().Matches(condition).All(Holds);

    private bool Holds(Match comparison)
    {
        var (left, right) = (comparison.Groups["left"].Value.Trim(), comparison.Groups["right"].Value.Trim());
        var order = IsNumber(left) ? Number(left).CompareTo(Number(Text(right))) : Math.Sign(string.Compare(Text(left), Text(right), StringComparison.OrdinalIgnoreCase));
        return comparison.Groups["function"].Value switch
        {
            "eq" => order == 0,
            "ne" => order != 0,
            "ge" => order >= 0,
            "gt" => order > 0,
            "le" => order <= 0,
            _ => order < 0,
        };
    }

    private string Text(string operand) => IsNumber(operand) ? operand : operand.StartsWith('\'') ? operand.Trim('\'') : Values.GetValueOrDefault(operand, "");

    private static bool IsNumber(string text) => text.Length > 0 && char.IsAsciiDigit(text[0]);

    private static double Number(string text) => text.Length == 0 ? 0 : double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b(?<function>eq|ne|ge|gt|le|lt)\((?<left>[^,()]+),(?<right>[^,()]+)\)")]
    private static partial Regex Comparison();
}
